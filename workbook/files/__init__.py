"""The few things that all parts do with files.

whole      a file is there whole or not at all: written beside its place, down on the disk, then put there in one step
"""
