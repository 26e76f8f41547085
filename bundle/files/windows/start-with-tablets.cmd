@echo off
rem Starts Yizhan on this PC and for the tablets of the local network.
call "%~dp0start.cmd" --lan %*
