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
  0: | 1:*.hearth) part=window mode= ;;
  *) part=commands mode=$* ;;
esac
# The cache of prepared classes is packed in the image and unpacked for each user once, where the program has its other
# caches.
if [ -n "$HEARTH_CACHE_DIR" ]; then
  store=$HEARTH_CACHE_DIR
elif [ -n "$HEARTH_CONFIG_DIR" ]; then
  store=$HEARTH_CONFIG_DIR/cache
else
  case $XDG_CACHE_HOME in
    /*) store=$XDG_CACHE_HOME/hearth ;;
    *) store=${HOME:-/nonexistent}/.cache/hearth ;;
  esac
fi
store=$store/start
cache=$store/$part-@BUILD@.aot
if [ ! -f "$cache" ] && [ -f "$app/$part.aot.gz" ] && mkdir -p "$store" 2> /dev/null; then
  if gzip -dc "$app/$part.aot.gz" > "$cache.$$" 2> /dev/null && mv "$cache.$$" "$cache" 2> /dev/null; then
    find "$store" -name '*.aot*' ! -name '*-@BUILD@.aot*' -mtime +30 -exec rm -f {} +
  else
    rm -f "$cache.$$" 2> /dev/null
  fi
fi
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
# Compiling at once what the training run found hot costs a command more time than it saves.
if [ $part = commands ]; then
  set -- -XX:+UnlockDiagnosticVMOptions -XX:-AOTReplayTraining "$@"
fi
# One arena of the C library instead of eight for each processor: a fifth less memory.
export MALLOC_ARENA_MAX="${MALLOC_ARENA_MAX:-1}"
# Without a graphics processor JavaFX draws by itself. GTK would look for windows that OpenGL could draw in, for which the
# system loads a software driver with a compiler of its own: a fifth of the window's memory.
if [ $part = window ] && [ ! -e /dev/dri ] && [ ! -e /dev/nvidiactl ] && [ ! -e /dev/dxg ]; then
  export GDK_GL="${GDK_GL:-disable}"
fi
# Meant for the user's own java, not for this one.
unset JDK_JAVA_OPTIONS
exec "$root/lib/runtime/bin/java" @JVM_OPTIONS@ "$@"
