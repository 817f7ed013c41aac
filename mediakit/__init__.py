"""mediakit: analyse how news covers a story.

One flat public namespace, `import mediakit as mk`. Nothing is loaded before it is used: the names are declared in
`__init__.pyi`, and each module is imported when one of its names is first asked for.
"""

import sys
from types import ModuleType

import lazy_loader

__version__ = "0.1.0"
__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)


class _Package(ModuleType):
    """`mk.sentiment` is the function, also after the import system has bound the module of the same name."""

    def __setattr__(self, name: str, value: object) -> None:
        if name in __all__ and isinstance(value, ModuleType):
            value = getattr(value, name)
        super().__setattr__(name, value)


sys.modules[__name__].__class__ = _Package
