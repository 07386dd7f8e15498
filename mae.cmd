@echo off
rem Builds mae4j where it is missing, then runs it: mae --help
rem On Windows a change of the sources is not noticed: delete mae-cli\target\mae4j to build again.
setlocal
set "root=%~dp0"
set "stamp=%root%mae-cli\target\mae4j\.built"

if not exist "%stamp%" (
  echo mae: building ^(the first time brings about 500 MB of libraries and engines; a few minutes^) ... 1>&2
  call "%root%mvnw.cmd" -f "%root%pom.xml" -B -q --no-transfer-progress -pl mae-cli -am package -Dmaven.test.skip=true 1>&2
  if errorlevel 1 (
    echo mae: the build failed, see above. 1>&2
    exit /b 1
  )
  echo built> "%stamp%"
)
call "%root%mae-cli\target\mae4j\bin\mae.cmd" %*
exit /b %ERRORLEVEL%
