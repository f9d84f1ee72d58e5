"""How forms are drawn: our own templates first, Django's behind."""

from django.forms.renderers import TemplatesSetting


class Renderer(TemplatesSetting):
    """Draw every form and field with templates/parts/form.html and templates/parts/field.html."""

    form_template_name = "parts/form.html"
    field_template_name = "parts/field.html"
