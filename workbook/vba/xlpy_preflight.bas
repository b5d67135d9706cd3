Attribute VB_Name = "xlpy_preflight"
' Before Python starts: is the interpreter there? If not, one message that says what to do.
Option Explicit

' Tell whether the interpreter is named (sheet xlwings.conf first) and there; cure is the advice.
Public Function XlpyReady(ByVal cure As String) As Boolean
    Dim interpreter As String, complaint As String
    interpreter = XlpyInterpreter()
    If Len(interpreter) = 0 Then
        complaint = XlpyTextUnnamed()
    ElseIf Not XlpyIsThere(interpreter) Then
        complaint = Replace(XlpyTextLost(), "{path}", interpreter)
    End If
    XlpyReady = (Len(complaint) = 0)
    If Not XlpyReady Then MsgBox complaint & vbCrLf & vbCrLf & cure, vbExclamation, XlpyTextTitle()
End Function

Private Function XlpyInterpreter() As String
    #If Mac Then
        XlpyInterpreter = GetConfig("INTERPRETER_MAC", "")
    #Else
        XlpyInterpreter = GetConfig("INTERPRETER_WIN", "")
        If Len(XlpyInterpreter) = 0 Then XlpyInterpreter = GetConfig("INTERPRETER", "")
    #End If
End Function

Private Function XlpyIsThere(ByVal path As String) As Boolean
    #If Mac Then
        ' Excel's sandbox hides files that Python itself can reach: don't ask here.
        XlpyIsThere = True
    #Else
        XlpyIsThere = FileExists(path)
    #End If
End Function
