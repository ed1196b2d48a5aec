"""The form: the catalogue's fields as editors over the session's draft."""

from composer.ui.form.view import FormView

__all__ = ["FormView"]
