"""DMN: models as the standard's XML, executed on FEEL's own values.

A policy's expressions are typed before they run; a DMN model's are not. So this execution looks at values when it runs,
and every error is null. It shares the language's parser (``feel``) and nothing else of it. Packages, each importing
only those before it: ``values`` ← ``types`` ← ``xml`` ← ``execution`` ← ``functions`` ← ``model`` ← ``kit``.
"""
