Attribute VB_Name = "xlpy_ribbon"
' The ribbon tab of xlpy.xlam (ribbon/customUI14.xml), one callback a button.
Option Explicit

Public Sub XlpyRibbonCheckForm(control As IRibbonControl)
    If XlpyCanRun() Then RunPython "import xlpy.addin; xlpy.addin.check_form()"
End Sub

Public Sub XlpyRibbonNewCase(control As IRibbonControl)
    If XlpyCanRun() Then RunPython "import xlpy.addin; xlpy.addin.new_case()"
End Sub

Public Sub XlpyRibbonEvaluate(control As IRibbonControl)
    If XlpyCanRun() Then RunPython "import xlpy.addin; xlpy.addin.evaluate()"
End Sub

Public Sub XlpyRibbonNotice(control As IRibbonControl)
    If XlpyCanRun() Then RunPython "import xlpy.addin; xlpy.addin.notice()"
End Sub

Public Sub XlpyRibbonFinance(control As IRibbonControl)
    If XlpyCanRun() Then RunPython "import xlpy.addin; xlpy.addin.finance()"
End Sub

Public Sub XlpyRibbonReport(control As IRibbonControl)
    If XlpyCanRun() Then RunPython "import xlpy.addin; xlpy.addin.report()"
End Sub

Public Sub XlpyRibbonVerify(control As IRibbonControl)
    If XlpyCanRun() Then RunPython "import xlpy.addin; xlpy.addin.verify()"
End Sub

' A workbook in Protected View is none that can be worked on.
Private Function XlpyCanRun() As Boolean
    If ActiveWorkbook Is Nothing Then
        MsgBox XlpyTextClosed(), vbExclamation, XlpyTextTitle()
    Else
        XlpyCanRun = XlpyReady(XlpyTextAddin())
    End If
End Function
