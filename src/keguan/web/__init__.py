"""The pages that staff see: one folder per noun; templates and static files beside them."""
