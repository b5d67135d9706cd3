"""The cases by kind (分类); a module's `cases()` yields them."""
