Attribute VB_Name = "Descriptions"
Option Explicit
' Tells Excel's function wizard what every function and argument is. The texts stand on this add-in's sheet, from
' column D: name, category, description, number of arguments, and a description of each argument.

Public Sub Auto_Open()
    ' Once Excel has finished starting: before that it knows no macros to describe.
    Application.OnTime Now, "'" & ThisWorkbook.Name & "'!DescribeFunctions"
End Sub

Public Sub DescribeFunctions()
    Dim place As Range, shown As Boolean
    On Error Resume Next
    Set place = ThisWorkbook.Worksheets(1).Range("D1")
    Describe place
    If Err.Number <> 0 Then
        ' Excel describes no macros of a hidden workbook while no other is open: show this one for the moment.
        Err.Clear
        Application.ScreenUpdating = False
        ThisWorkbook.IsAddin = False
        shown = True
    End If
    Do While Len(place.Value) > 0
        Describe place
        Set place = place.Offset(1, 0)
    Loop
    If shown Then
        ThisWorkbook.IsAddin = True
        Application.ScreenUpdating = True
    End If
    ThisWorkbook.Saved = True
End Sub

Private Sub Describe(ByVal place As Range)
    Dim count As Long, at As Long, arguments() As String
    count = place.Offset(0, 3).Value
    ReDim arguments(1 To count)
    For at = 1 To count
        arguments(at) = place.Offset(0, 3 + at).Value
    Next at
    Application.MacroOptions Macro:="'" & ThisWorkbook.Name & "'!" & place.Value, _
        Description:=place.Offset(0, 2).Value, Category:=place.Offset(0, 1).Value, ArgumentDescriptions:=arguments
End Sub
