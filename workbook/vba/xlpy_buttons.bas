Attribute VB_Name = "xlpy_buttons"
' The buttons of evaluate.xlsm, one Sub each; all the work is done by Python.
' XlpyExport is the button of version 1.0: it writes whichever paper is due.
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

Public Sub XlpyNotice()
    If XlpyReady(XlpyTextBook()) Then RunPython "import xlpy.addin; xlpy.addin.notice()"
End Sub

Public Sub XlpyFinance()
    If XlpyReady(XlpyTextBook()) Then RunPython "import xlpy.addin; xlpy.addin.finance()"
End Sub

Public Sub XlpyReport()
    If XlpyReady(XlpyTextBook()) Then RunPython "import xlpy.addin; xlpy.addin.report()"
End Sub

Public Sub XlpyVerify()
    If XlpyReady(XlpyTextBook()) Then RunPython "import xlpy.addin; xlpy.addin.verify()"
End Sub
