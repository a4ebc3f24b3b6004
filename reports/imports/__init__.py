"""Taking a center's old ledgers in: reading the file, understanding its rows, saving them as one batch.

The bytes of the file are parsed in a limited process of their own (child, csv_table, xlsx_table), which knows neither
Django nor the database.
"""
