' What the macros of evaluate.xlsm ask of Excel, of VBA and of xlwings' smaller functions.
' tests/windows/clicks.py puts the macros themselves and the click behind these lines.
Class Book
    Public Name
    Public FullName
    Public Worksheets
End Class

Class Office
    Public Name
    Public Path
    Public Hwnd
End Class

Dim ThisWorkbook, Application, Shell, Files, Conf, LogName, Report
Set ThisWorkbook = New Book
Set Application = New Office
Set Shell = CreateObject("WScript.Shell")
Set Files = CreateObject("Scripting.FileSystemObject")
Set Conf = CreateObject("Scripting.Dictionary")
ThisWorkbook.Worksheets = Array()
Application.Name = "Microsoft Excel"
Application.Path = "C:\Office 16"

' Run the line as xlwings does, and keep it with its exit code.
Function Ran(line, style, wait)
    Dim told
    Ran = Shell.Run(line, style, wait)
    Set told = Files.CreateTextFile(Report, True, True)
    told.Write line & vbLf & Ran
    told.Close
End Function

' The sheet xlwings.conf; xlwings would look into its own files next, which nobody has here.
Function GetConfig(key, fallback)
    If Conf.Exists(key) Then
        GetConfig = Expanded(Conf.Item(key))
    Else
        GetConfig = fallback
    End If
End Function

Function FileExists(path)
    FileExists = Files.FileExists(path)
End Function

Function IsDrive(path)
    IsDrive = (Mid(path, 2, 1) = ":")
End Function

Function Environ(name)
    Environ = Expanded("%" & name & "%")
End Function

' Wine leaves a NUL at the end.
Function Expanded(text)
    Expanded = Replace(Shell.ExpandEnvironmentStrings(text), Chr(0), "")
End Function

Function CreateGUID()
    CreateGUID = LogName
End Function

' VBA reads a text file in the ANSI code page, as this does.
Function ReadFile(path)
    ReadFile = Files.OpenTextFile(path, 1).ReadAll
End Function

' The test reads the log, and deletes it.
Sub Kill(path)
End Sub
