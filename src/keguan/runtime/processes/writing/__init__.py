"""Documents that cases write: letters, notices and certificates (文件)."""

from keguan.runtime.processes.writing.written import write

__all__ = ["write"]
