package dev.graft.generate.python;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Modules that a generated one must not be called after. Where its folder is the program's own, or
 * on the path, Python would find it instead of them, and PySpark could not even be imported: it
 * needs {@code profile}, say.
 */
final class PythonModules {
  /** Those of Python 3.9 to 3.14, without such as begin with an underscore. */
  private static final String STANDARD =
      """
      abc aifc annotationlib antigravity argparse array ast asynchat asyncio asyncore atexit
      audioop base64 bdb binascii binhex bisect builtins bz2 cProfile calendar cgi cgitb
      chunk cmath cmd code codecs codeop collections colorsys compileall compression
      concurrent configparser contextlib contextvars copy copyreg crypt csv ctypes curses
      dataclasses datetime dbm decimal difflib dis distutils doctest email encodings
      ensurepip enum errno faulthandler fcntl filecmp fileinput fnmatch formatter fractions
      ftplib functools gc genericpath getopt getpass gettext glob graphlib grp gzip hashlib
      heapq hmac html http idlelib imaplib imghdr imp importlib inspect io ipaddress
      itertools json keyword lib2to3 linecache locale logging lzma mailbox mailcap marshal
      math mimetypes mmap modulefinder msilib msvcrt multiprocessing netrc nis nntplib nt
      ntpath nturl2path numbers opcode operator optparse os ossaudiodev parser pathlib pdb
      pickle pickletools pipes pkgutil platform plistlib poplib posix posixpath pprint
      profile pstats pty pwd py_compile pyclbr pydoc pydoc_data pyexpat queue quopri random
      re readline reprlib resource rlcompleter runpy sched secrets select selectors shelve
      shlex shutil signal site smtpd smtplib sndhdr socket socketserver spwd sqlite3
      sre_compile sre_constants sre_parse ssl stat statistics string stringprep struct
      subprocess sunau symbol symtable sys sysconfig syslog tabnanny tarfile telnetlib
      tempfile termios textwrap this threading time timeit tkinter token tokenize tomllib
      trace traceback tracemalloc tty turtle turtledemo types typing unicodedata unittest
      urllib uu uuid venv warnings wave weakref webbrowser winreg winsound wsgiref xdrlib
      xml xmlrpc zipapp zipfile zipimport zlib zoneinfo
      """;

  /** What the runtime and PySpark import of other packages. */
  private static final List<String> INSTALLED =
      List.of(
          "google",
          "graft",
          "grpc",
          "grpc_status",
          "numpy",
          "pandas",
          "py4j",
          "pyarrow",
          "pyspark",
          "yaml",
          "zstandard");

  private static final Set<String> NAMES = names();

  private PythonModules() {}

  private static Set<String> names() {
    Set<String> names = new HashSet<>(INSTALLED);
    names.addAll(List.of(STANDARD.strip().split("\\s+")));
    return Set.copyOf(names);
  }

  /** Whether there is a module of this name already. */
  static boolean isTaken(String name) {
    return NAMES.contains(name);
  }
}
