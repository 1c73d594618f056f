"""Text from people, shown so that it can do no harm (`printable`) and compared with known names (`suggestion`); and text
made from values, in a terminal as in a cell (`live`)."""
