Attribute VB_Name = "xlpy_buttons"
' The four buttons of evaluate.xlsm, one Sub each; all the work is done by Python.
Option Explicit

Public Sub XlpyCheck()
    If XlpyReady(XlpyTextBook()) Then RunPython "import xlpy.addin; xlpy.addin.check()"
End Sub

Public Sub XlpyBallots()
    If XlpyReady(XlpyTextBook()) Then RunPython "import xlpy.addin; xlpy.addin.ballots()"
End Sub

Public Sub XlpyEvaluate()
    If XlpyReady(XlpyTextBook()) Then RunPython "import xlpy.addin; xlpy.addin.evaluate()"
End Sub

Public Sub XlpyExport()
    If XlpyReady(XlpyTextBook()) Then RunPython "import xlpy.addin; xlpy.addin.export()"
End Sub
