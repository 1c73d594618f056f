"""One module per sheet. Each takes the book, adds its sheet, and says where the quantities on it live."""
