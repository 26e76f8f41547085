@echo off
rem As administrator; --help says what it does.
setlocal
chcp 65001 >nul
"%~dp0..\runtime\node.exe" "%~dp0service.mjs" remove %*
if errorlevel 1 pause
exit /b %errorlevel%
