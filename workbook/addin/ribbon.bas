Attribute VB_Name = "Ribbon"
Option Explicit
' What the buttons of the ribbon call. Python does the work, in the macros that xlwings has written.

Public Sub OnInsertModel(ByVal control As IRibbonControl)
    Press "tco_button_insert_model"
End Sub

Public Sub OnExplainCell(ByVal control As IRibbonControl)
    Press "tco_button_explain_cell"
End Sub

Public Sub OnRenew(ByVal control As IRibbonControl)
    Press "tco_button_renew"
End Sub

Public Sub OnCheckWorkbook(ByVal control As IRibbonControl)
    Press "tco_button_check_workbook"
End Sub

Private Sub Press(ByVal macro As String)
    If ActiveWorkbook Is Nothing Then
        MsgBox "Open a workbook first.", vbInformation, "Engagement"
        Exit Sub
    End If
    On Error GoTo failed
    Application.Run "'" & ThisWorkbook.Name & "'!" & macro
    Exit Sub
failed:
    MsgBox Err.Description & vbCrLf & vbCrLf & "To find out why, run: engagement addin doctor", vbExclamation, "Engagement"
End Sub
