"""Number formats by kind of quantity, as Excel writes them."""

FORMATS = {
    "general": "General",
    "text": "@",
    "whole": "#,##0",
    "money": "#,##0;[Red]-#,##0",
    # Of an amount an hour, which in some currencies has five digits before the point.
    "rate": "[<1000]#,##0.00;#,##0",
    "cents": "#,##0.00",
    "hours": "#,##0.0",
    "weeks": "#,##0.0",
    "share": "0.0%",
    "percent": "0%",
    "number": "[<100]#,##0.00##;[<1000]#,##0.00;#,##0",
    "fit": "0.00;[Red]-0.00;0.00",
    "factor": "0.0000",
    "flag": "0",
    "date": "yyyy-mm-dd",
    "dash": '0;-0;"–"',
    "hidden": ";;;",
    # Text stays: Gnumeric saves a cell of an .ods as it shows it.
    "text_alone": ";;;@",
}
