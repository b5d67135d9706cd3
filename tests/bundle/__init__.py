"""The package for Windows as it is made (便携包的制作): no Wine needed."""
