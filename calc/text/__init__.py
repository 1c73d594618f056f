"""Text from people: shown so that it can do no harm (`printable`), and compared with known names (`suggestion`)."""
