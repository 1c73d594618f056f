"""Native charts: made by openpyxl, with alt text, and with their points cached for every scenario."""
