@echo off
rem Starts mae4j from its distribution; the file mae beside this one says what the environment variables mean.
setlocal EnableDelayedExpansion

for %%I in ("%~dp0..") do set "home=%%~fI"

set "java=java"
if defined JAVA_HOME set "java=%JAVA_HOME%\bin\java.exe"

set "backends="
if defined MAE_BACKENDS (
  set "backends=%MAE_BACKENDS:,= %"
) else (
  for /d %%D in ("%home%\lib\backends\*") do set "backends=!backends! %%~nxD"
)

set "module_path=%home%\lib\modules"
set "class_path="
for %%B in (%backends%) do (
  if not exist "%home%\lib\backends\%%B\" (
    echo mae: no engine '%%B' in %home%\lib\backends. 1>&2
    exit /b 1
  )
  set "module_path=!module_path!;%home%\lib\backends\%%B\modules"
  set "class_path=!class_path!;%home%\lib\backends\%%B\classpath\*"
)
if defined class_path set "class_path=!class_path:~1!"

if not defined OMP_WAIT_POLICY set "OMP_WAIT_POLICY=PASSIVE"
if not defined MAE_MEMORY set "MAE_MEMORY=0"
set "OPT_OUT_TRACKING=true"
set "ND4J_IGNORE_AVX=true"

setlocal DisableDelayedExpansion
"%java%" ^
  -XX:+UseSerialGC -Xms128m -Xmn48m ^
  -Dai.djl.offline=true ^
  -Dai.djl.pytorch.graph_optimizer=false ^
  -DOPT_OUT_TRACKING=true ^
  -Djava.awt.headless=true ^
  -Dorg.bytedeco.javacpp.maxbytes=0 ^
  "-Dorg.bytedeco.javacpp.maxphysicalbytes=%MAE_MEMORY%" ^
  "-Dmae.home=%home%" ^
  %JAVA_OPTS% ^
  --module-path "%module_path%" ^
  --class-path "%class_path%" ^
  --add-modules ALL-DEFAULT ^
  --module io.mae4j.cli/io.mae4j.cli.Main %*
exit /b %ERRORLEVEL%
