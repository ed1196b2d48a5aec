"""Templates as files, one each, in a folder that may be a network drive or a git checkout.

names       names of folders that are fit for every system, and back
scanning    what files there are: names, sizes and times, without reading them
reading     the templates in them; each file is read once as long as it stays as it is
placing     new files, moves: whole or not at all, and never over another file
starters    the templates that come with the app
store       all together: the person's templates, shared with others who change them too
gathering   files, folders and archives that are imported, as names and bytes
importing   what is in them, as templates
exporting   templates as a file, a folder or an archive
"""

from composer.services.templates.store import TemplateStore

__all__ = ["TemplateStore"]
