@echo off
rem The command line of Yizhan, with what lies in this folder alone. The data lie beside it, where a newer version finds them.
setlocal
chcp 65001 >nul
for %%I in ("%~dp0..") do if not defined YIZHAN_DATA_DIRECTORY set "YIZHAN_DATA_DIRECTORY=%%~fI\yizhan-data"
"%~dp0runtime\node.exe" "%~dp0app\apps\yizhan\bin\yizhan.mjs" %*
exit /b %errorlevel%
