@echo off
rem Starts Yizhan on this PC until Ctrl-C, or until this window is closed.
title Yizhan
call "%~dp0yizhan.cmd" start %*
if errorlevel 1 pause
