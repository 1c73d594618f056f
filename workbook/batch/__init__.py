"""Thousands of workbooks from one portfolio: evaluated by the chunk, stamped from one layout, and nothing lost.

making      a chunk of rows -> the bytes of their workbooks
placing     bytes -> a file beside its final name: verified, and down on the disk
executor    where chunks are made: in this process, in several, on a cluster
manifest    what is done: a line for each row, which a record describes
target      the folder that is filled, in which nothing of anybody else is written over; alone, one run at a time
run         a whole batch, or one shard of it; it goes on where an earlier run stopped
shards      whether folders are all the shards of one batch, and whole
merging     the shards as one
"""
