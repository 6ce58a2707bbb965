@echo off
rem Starts keyferry with the Node that lies beside it. Installs nothing and asks no network.
setlocal
set "platform=win-x64"
if /i "%PROCESSOR_ARCHITECTURE%"=="ARM64" if exist "%~dp0node\win-arm64\node.exe" set "platform=win-arm64"
if not exist "%~dp0node\%platform%\node.exe" (
	echo keyferry: this kit has no Node for %platform%. Make one with: npm run kit -- --platform %platform% 1>&2
	exit /b 1
)
"%~dp0node\%platform%\node.exe" "%~dp0keyferry.mjs" %*
exit /b %errorlevel%
