"""制度: the document clause by clause, and the draft with its check, trial and publishing."""
