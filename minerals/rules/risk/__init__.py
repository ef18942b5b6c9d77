"""The minerals risk of a supplier: facts in, a traced score and a level out. Pure functions.

Source: our standards sheet, section 4 (practice of published conflict-minerals reports; all numbers
are our own defaults and stand in an editable policy).
"""
