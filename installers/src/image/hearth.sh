#!/bin/sh
# Starts Hearth: the window, or the command line when a command is given.
# jpackage's own launcher asks the system's package manager at each start where it comes from, which takes longer than
# most calls of a function; so this one stands in its place.
program=$0
if [ -L "$program" ]; then
  program=$(readlink -f "$program")
fi
case $program in
  */*) ;;
  *) program=./$program ;;
esac
root=$(cd "${program%/*}/.." && pwd) || exit 3
app=$root/lib/app
case $#:$1 in
  0: | 1:*.hearth) cache=$app/window.aot mode= ;;
  *) cache=$app/commands.aot mode=$* ;;
esac
set -- -cp "@CLASS_PATH@" dev.hearth.app.Main "$@"
if [ -f "$cache" ]; then
  set -- -XX:AOTCache="$cache" "$@"
fi
# The JVM would take a share of this machine's memory that Hearth has no use for.
set -- -Xms32m -XX:MaxNewSize=32m "$@"
# A command that soon ends gains nothing from the optimising compiler.
case " $mode " in
  *\ --count* | " serve "* | "  ") ;;
  *) set -- -XX:TieredStopAtLevel=1 "$@" ;;
esac
# Meant for the user's own java, not for this one.
unset JDK_JAVA_OPTIONS
exec "$root/lib/runtime/bin/java" @JVM_OPTIONS@ "$@"
