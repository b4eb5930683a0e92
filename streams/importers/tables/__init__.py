"""Tables as other systems export them: text, workbooks and JSON records, and what the cells of a column mean."""
