"""Reading what other programs wrote: one module per format, listed in `registry`.

A format is one module with an `IMPORTER` record and one line in `registry`; a venue with several
modules has a package. They stand on common ground:

    importer       what an importer is, and how a file finds its own (choose)
    source         the file: name, bytes, text; out of zip files and spreadsheets by archives,
                   spreadsheet
    table          strict tables of delimited text; json_rows does the same for an API's answers
    reading        what comes out: rows, refused rows, what is ignored, notes
    cells, ratio   numbers, units, ids and fees of a row; prices that nobody printed
    times, zones   times and whose clock printed them; zone_titles and us_zones where it is named
    pairs, cme     symbols of pairs without a mark; point values of American futures
    order          oldest first; declaring tells the terms of instruments
    dedup, by_hand what the journal has already, from another file or typed in

The journal's own text is a format too (journal_text); mapped reads tables that no format claims.
"""
