#!/usr/bin/env python3
"""Write tests/cases/jinja/engine.jsonl: statements and settings of the engine, answered by the real Jinja2 3.1.6.

Each line is {"case": what `scaffold render --json-case` takes, "expect": what it must answer}.
"""

import json
import pathlib
import re

import jinja2
import jinja2.nativetypes
import jinja2.sandbox

OUT = pathlib.Path(__file__).resolve().parents[1] / "cases/jinja/engine.jsonl"
UNDEFINED = {"default": jinja2.Undefined, "strict": jinja2.StrictUndefined,
             "chainable": jinja2.ChainableUndefined, "debug": jinja2.DebugUndefined}
LINE = {"line_statement_prefix": "#", "line_comment_prefix": "##"}
I18N = {"extensions": ["jinja2.ext.i18n"]}
NEW = {**I18N, "translations": "null-new"}
OLD = {**I18N, "translations": "null-old"}
LOOPS = {"extensions": ["jinja2.ext.do", "jinja2.ext.loopcontrols"]}
NATIVE = {"native": True}
SANDBOX = {"sandboxed": True}
ESCAPE = {"autoescape": True}
LIBRARY = {
    "lib": "{% macro m(a, b=2, c='x') %}{{ a }}{{ b }}{{ c }}{{ varargs }}{{ kwargs|dictsort }}{% endmacro %}"
           "{% macro _p() %}p{% endmacro %}{% set v = 5 %}text",
    "base": "<{% block a %}base a{% endblock %}|{% block b scoped %}base b{% endblock %}>",
    "middle": "{% extends 'base' %}{% block a %}mid({{ super() }}){% endblock %}",
    "row": "{{ x|default('-') }}{{ n }}",
    "bad": "line\n{{ 1 / 0 }}",
    "loop": "{% include 'loop' %}",
}
CONTEXT = {"n": 3, "s": "a <b>", "l": [3, 1, 2], "d": {"k": "v", "b": 1}, "name": "World",
           "tree": [{"v": 1, "c": [{"v": 2, "c": []}]}], "users": [{"n": "x", "a": 2}, {"n": "y", "a": 1}]}

# Each row: settings, templates.
GROUPS = [
    (LINE, ["# for i in l:\n{{ i }} ## note\n# endfor\nend", "a ## only\nb", "# if n\n  x\n# else\n  y\n# endif",
            "# set x = [1,\n 2]\n{{ x }}", "  # if true\nx\n  # endif", "# raw\n", "#- for i in l -\n{{ i }}\n# endfor", "# if"]),
    (NEW, ["{% trans %}Hello{% endtrans %}", "{% trans name=name %}Hi {{ name }}{% endtrans %}", "{% trans %}Hi {{ name }} 100%{% endtrans %}",
           "{% trans n=n %}one {{ n }}{% pluralize %}many {{ n }}{% endtrans %}", "{% trans count=n, x=s %}{{ count }}{% pluralize count %}{{ x }}s{% endtrans %}",
           "{% trans trimmed %}\n  a\n   b\n{% endtrans %}", "{{ _('x %(a)s', a=1) }}{{ gettext('y') }}{{ ngettext('%(num)s a', '%(num)s b', n) }}",
           "{{ pgettext('c', 'm') }}{{ npgettext('c', 'a', 'b', 2) }}", "{% trans 'ctx' %}x{% endtrans %}", "{% trans 'ctx', n=1 %}a{% pluralize %}b{% endtrans %}",
           "{% trans %}{% if x %}{% endtrans %}", "{% trans a=1, a=2 %}{% endtrans %}", "{% trans %}{{ a.b }}{% endtrans %}", "{% trans %}x{% pluralize %}y{% endtrans %}",
           "{% trans a %}x{% pluralize b %}y{% endtrans %}", "{% trans %}a{% pluralize %}b{% pluralize %}c{% endtrans %}", "{% trans %}open"]),
    (OLD, ["{% trans %}Hi {{ name }} %{% endtrans %}", "{{ _('x%s')|format(1) }}", "{{ ngettext('a', 'b', 1) }}{{ ngettext('a', 'b', 2) }}",
           "{% trans n=n %}{{ n }} a{% pluralize %}{{ n }} b{% endtrans %}", "{{ gettext('%(x)s', x=1) }}"]),
    (I18N, ["{% trans %}x{% endtrans %}", "{{ gettext }}"]),
    ({**NEW, **ESCAPE}, ["{% trans s=s %}<i>{{ s }}</i>{% endtrans %}", "{{ _('<%(a)s>', a='<') }}"]),
    (LOOPS, ["{% for i in l %}{% if i == 1 %}{% continue %}{% endif %}{{ i }}{% endfor %}", "{% for i in l %}{{ i }}{% break %}{% else %}e{% endfor %}",
             "{% set x = [] %}{% do x.append(1) %}{{ x }}", "{% do 1/0 %}", "{% for a in l %}{% for b in l %}{% break %}{% endfor %}{{ a }}{% endfor %}"]),
    (NATIVE, ["{{ n }}", "{{ n }}{{ n }}", "[{{ n }}, 1]", "{{ l }}", "{{ s }}", "{{ [1, 2] }}{# x #}", "a{{ n }}", "{{ n ~ n }}", "{{ d }}", "{{ none }}", "'x'", "{{ 'True' }}",
              "{% for i in l %}{{ i }}{% endfor %}", "{{ (1, 2) }}", "{{ 1.5 }}", "-{{ n }}", "{{ '0x1f' }}", "{{ '1_000' }}", "{{ '{1: 2}' }}", "{{ '(1,' }}", "{{ '{1, 1}' }}",
              "{{ '1+2j' }}", "{{ '1+2' }}", "{{ \"b'x'\"|length }}", "{{ '\"a\" \"b\"' }}", "{% macro m() %}{{ n }}{% endmacro %}{{ m() }}", "{% set x %}{{ n }}{% endset %}{{ x }}", "  {{ n }}"]),
    (SANDBOX, ["{{ s.__class__ }}", "{{ ''.__class__.__mro__ }}", "{{ s.format }}", "{{ '{0.__class__}'.format(1) }}", "{{ '{a[0]}{b}'.format(a=[1], b=2) }}", "{{ '{}{}'.format(1, 2) }}",
               "{{ '{0}{}'.format(1) }}", "{{ '{!r:>5}|{!s}|{!a}'.format('é', 2, 'é') }}", "{{ '{:{}}'.format(1, 5) }}", "{{ '{x}'.format_map({'x': 1}) }}", "{{ '{'.format() }}", "{{ '}'.format() }}",
               "{{ '{0[}'.format(1) }}", "{{ '{0!}'.format(1) }}", "{{ '{0!x}'.format(1) }}", "{{ '{9}'.format(1) }}", "{{ '{k}'.format() }}", "{{ l.__len__() }}", "{{ nope.__class__ }}", "{{ range(100001) }}",
               "{{ nope|attr('__class__') }}", "{{ '{0.__call__.x}'.format(nope) }}", "{{ l|attr('append') }}", "{{ (s|safe).format(1) }}", "{{ ('<{}>'|safe).format('<') }}", "{{ '{0.a}'.format(d) }}",
               "{{ d.__len__ }}{{ n['__add__'] }}{{ s|attr('__mod__') }}{{ none.__bool__ }}{{ n.__index__ }}|", "{{ d.__nope__ }}{{ n.__len__ }}|", "{{ n.__index__() }}", "{{ l.__nope__() }}", "{{ d.__contains__('k') }}"]),
    ({"sandboxed": "immutable"}, ["{{ l.append(1) }}", "{{ d.update({}) }}", "{{ l.count(1) }}", "{{ d.pop('k') }}", "{{ l.sort() }}", "{{ d.get('k') }}"]),
    ({"undefined": "strict"}, ["{{ nope }}", "{{ nope is defined }}", "{{ nope|default(1) }}", "{% if nope %}{% endif %}", "{% for i in nope %}{% endfor %}", "{{ nope == 1 }}", "{{ d.nope }}", "{{ nope ~ 1 }}"]),
    ({"undefined": "chainable"}, ["{{ nope.a.b[1] }}|", "{{ nope.a() }}", "{{ nope.a + 1 }}", "{{ nope.a is defined }}", "{{ nope.a|default(2) }}"]),
    ({"undefined": "debug"}, ["{{ nope }}", "{{ d.nope }}", "{{ nope.x }}", "{{ l[9] }}", "{{ d['x'] }}"]),
    (ESCAPE, ["{{ s }}{{ s|safe }}", "{% autoescape false %}{{ s }}{% endautoescape %}{{ s }}", "{% set x %}<{{ s }}>{% endset %}{{ x }}", "{% macro m(a) %}<{{ a }}>{% endmacro %}{{ m(s) }}{{ m(s) ~ s }}",
              "{{ (s|safe) ~ s }}", "{{ s ~ 1 }}", "{% filter upper %}{{ s }}{% endfilter %}", "{% call m2() %}{% endcall %}", "{{ ['<', s|safe]|join('<') }}", "{{ s|last }}{{ (s|e)|last }}", "{% autoescape n %}{{ s }}{% endautoescape %}"]),
    ({"autoescape": "select"}, ["{{ s }}", "{% include 'row' %}"]),
    ({"trim_blocks": True, "lstrip_blocks": True}, ["  {% if true %}\n  x\n  {% endif %}\ny", "  {%+ if true %}x{%+ endif +%}\n", "a {# c #}\nb", "  {{ n }}\n", "{% raw %}\n  {{ x }}\n{% endraw %}\n"]),
    ({"newline_sequence": "\r\n", "keep_trailing_newline": True}, ["a\nb\r\nc\n", "{{ 'x\ny' }}\n", "{% raw %}a\nb{% endraw %}\n"]),
    ({"block_start_string": "<%", "block_end_string": "%>", "variable_start_string": "${", "variable_end_string": "}", "comment_start_string": "<#", "comment_end_string": "#>"},
     ["<% for i in l %>${ i }<% endfor %><# c #>{{ n }}", "${ {'a': 1}.a }", "<%- if n -%> x <%- endif -%>", "${ n"]),
    ({}, [
        "{% extends 'middle' %}{% block b %}{{ super() }}!{% endblock %}", "{% extends 'middle' %}ignored{% set x = 1 %}{% block a %}{{ self.b() }}{{ super.super() }}{% endblock %}",
        "{% extends 'base' %}{% extends 'base' %}", "{% if n %}{% extends 'base' %}{% endif %}text", "{% extends nope %}", "{% extends 'absent' %}", "{% block x required %}{% endblock %}",
        "{% block x required %}text{% endblock %}", "{% block x %}{% endblock %}{% block x %}{% endblock %}", "{% block x %}{{ super() }}{% endblock %}", "{% block x %}{% endblock y %}",
        "{% for i in l %}{% block x scoped %}{{ i }}{% endblock %}{% endfor %}", "{% for i in l %}{% block x %}{{ i }}{% endblock %}{% endfor %}", "{{ self.x() }}{% block x %}X{% endblock %}{{ self.nope }}",
        "{% include 'row' %}{% set x = 1 %}{% include 'row' %}{% include 'row' without context %}", "{% include ['no', 'row'] %}{% include 'no' ignore missing %}{% include ['no', 'nope'] %}", "{% include [] %}", "{% include nope %}",
        "{% include 'bad' %}", "{% include 'loop' %}", "{% for x in l %}{% include 'row' %}{% endfor %}", "{% include n %}", "{% include {} %}",
        "{% import 'lib' as lib %}{{ lib.m(1) }}{{ lib.v }}{{ lib }}{{ lib.nope }}{{ lib.__name__ }}", "{% from 'lib' import m as q, v %}{{ q(1, z=2) }}{{ v }}", "{% from 'lib' import nope %}{{ nope }}|{{ nope.x }}",
        "{% from 'lib' import _p %}", "{% from 'lib' import m with context %}{{ m(1, 2, 3, 4, 5) }}", "{% import 'bad' as b %}", "{% from 'lib' import %}", "{% import 'lib' %}",
        "{% macro m(a, b=a) %}{{ a }}{{ b }}{% endmacro %}{{ m(1) }}{{ m(1, 2) }}{{ m(b=1) }}{{ m() }}", "{% macro m(a) %}{{ a }}{% endmacro %}{{ m(1, 2) }}", "{% macro m(a) %}{% endmacro %}{{ m(x=1) }}", "{% macro m(a) %}{% endmacro %}{{ m(1, a=2) }}",
        "{% macro m(a) %}{{ m.name }}{{ m.arguments }}{{ m.catch_kwargs }}{{ m.catch_varargs }}{{ m.caller }}{% endmacro %}{{ m(1) }}{{ m }}", "{% macro m() %}{{ caller(1) }}{% endmacro %}{% call(x) m() %}<{{ x }}>{% endcall %}{{ m() }}",
        "{% macro m(caller) %}{{ caller }}{% endmacro %}{{ m(1) }}", "{% macro m() %}{{ kwargs }}{{ varargs }}{% endmacro %}{{ m(*l, **d) }}", "{{ n(1) }}", "{{ dict(*l) }}", "{{ dict(**n) }}", "{{ range(*n) }}",
        "{% for i in tree recursive %}{{ loop.depth }}{{ i.v }}{{ loop(i.c) }}{% endfor %}", "{% for i in l if i > 1 %}{{ loop.index }}/{{ loop.length }}{{ loop.previtem }}{{ loop.nextitem }}{{ loop.changed(i) }}{% else %}e{% endfor %}",
        "{% for i in [] %}{% else %}empty{% endfor %}", "{% for a, (b, c) in [(1, (2, 3))] %}{{ a }}{{ b }}{{ c }}{% endfor %}", "{% for a, b in [1] %}{% endfor %}", "{% for a, b in [(1, 2, 3)] %}{% endfor %}", "{% for i in n %}{% endfor %}",
        "{% for i in l %}{{ loop }}{{ loop.cycle('a', 'b') }}{{ loop.cycle() }}{% endfor %}", "{% for i in 'ab' %}{{ loop.revindex0 }}{{ loop.last }}{% endfor %}{{ loop }}", "{% for i in l|map('string') %}{{ loop.length }}{% endfor %}", "{% for i in l %}{{ loop.x }}{% endfor %}",
        "{% for i in d %}{{ i }}{% endfor %}{% for k, v in d|items %}{{ k }}{{ v }}{% endfor %}", "{% for loop in l %}{% endfor %}", "{% for i in l %}{{ loop(l) }}{% endfor %}",
        "{% set a, b = 1, 2 %}{{ a + b }}", "{% set a, b = 1 %}", "{% set x = 1 if n else 2 %}{{ x }}", "{% set x | upper %}ab{% endset %}{{ x }}", "{% set ns = namespace(a=1, **d) %}{% set ns.b = 2 %}{{ ns.a }}{{ ns.b }}{{ ns.k }}{{ ns }}", "{% set n.x = 1 %}",
        "{% set none = 1 %}", "{% set 1 = 2 %}", "{% set ns = namespace() %}{{ ns.x }}", "{% with a = 1, b = 2 %}{{ a }}{{ b }}{% endwith %}{{ a }}", "{% with %}{% set q = 1 %}{{ q }}{% endwith %}{{ q }}", "{% filter upper|replace('A', 'x') %}abc{% endfilter %}",
        "{% if n > 5 %}a{% elif n > 2 %}b{% else %}c{% endif %}", "{{ 1 if false }}|{{ (1 if false).x }}", "{{ 'a' 'b' }}{{ not n }}{{ n is not none }}{{ 1 < n <= 3 != 4 }}{{ n in l }}{{ 7 not in l }}", "{{ -n ** 2 }}{{ 2 ** 3 ** 2 }}{{ 7 // -2 }}{{ -7 % 3 }}{{ +n }}",
        "{{ l[0] }}{{ l[-1] }}{{ l[1:] }}{{ l[::-1] }}{{ l[9] }}|{{ d.k }}{{ d['b'] }}{{ s[0] }}{{ l.0 }}", "{{ [1, 'a', none, true, 1.0, (1,), {}] }}", "{{ 0x1f }}{{ 0b11 }}{{ 0o17 }}{{ 1_000 }}{{ 1e3 }}{{ 1.5E-2 }}", "{{ 'a\\n\\x41\\u00e9\\'' }}",
        "{{ n.real }}{{ n.bit_length() }}{{ s.upper() }}{{ l.index(1) }}{{ d.items() }}{{ d.nope() }}", "{{ s.nope() }}", "{{ l.index(9) }}", "{{ 'a' + 1 }}", "{{ 1 + 'a' }}", "{{ l + d }}", "{{ 'a' < 1 }}", "{{ l|sort(attribute='x.y') }}", "{{ users|sort(attribute='a')|map(attribute='n')|join }}",
        "{{ nope.x }}", "{{ nope() }}", "{{ d.nope.x }}", "{{ l|nope }}", "{{ l is nope }}", "{% if false %}{{ l|nope }}{% endif %}x", "{% if true %}{{ l|nope }}{% endif %}", "{% nope %}", "{% endif %}", "{% if %}", "{% for %}", "{% if n %}", "{{ n", "{{ }}", "{{ 1 + }}", "{{ (1 }}", "{{ 1) }}", "{{ [1 }}", "{{ 'a }}", "{# x",
        "{{ a b }}", "{{ n. }}", "{{ n| }}", "{{ n is }}", "{{ f(a=1, 2) }}", "{{ f(**d, *l) }}", "{{ {1} }}", "{{ {'a' 1} }}", "{{ ? }}", "{{ $ }}", "{% raw %}x", "{% set %}", "{% macro %}", "{% macro m(a=1, b) %}{% endmacro %}", "{% call n %}{% endcall %}", "{% block %}{% endblock %}", "{% block a-b %}{% endblock %}", "{% print n, s %}",
        "{{ caller }}{{ cycler('a', 'b').next() }}{{ joiner(',')() }}{{ lipsum(n=0) }}{{ namespace }}{{ range(3) }}{{ dict(a=1) }}", "{% set c = cycler(1, 2) %}{{ c.next() }}{{ c.current }}{{ c.reset() }}{{ c.next() }}", "{{ cycler() }}", "{% set j = joiner() %}{{ j() }}{{ j() }}",
        "\ufeffx{{ 'é' ~ 'ü' }}", "{{ ünï }}{% set é = 1 %}{{ é }}", "{% raw -%} {{ x }} {%- endraw %}", "a  {{- n -}}  b", "{{ n }}\n\n", "", "{%- if n -%} x {%- endif -%}", "{{ '%s-%d' % ('a', 1) }}{{ '%x' % 255 }}{{ '%q' % 1 }}", "{{ l is sameas l }}{{ n is divisibleby 3 }}{{ n is test 'x' }}{{ 'odd' is test }}{{ 'upper' is filter }}",
        "{{ l|map('nope')|list }}", "{{ l|select('nope')|list }}", "{{ l|map(attribute='x', default=1)|list }}", "{{ l|map }}", "{{ l|batch(2)|list }}{{ l|slice(2)|list }}", "{{ l|groupby(0) }}", "{{ users|groupby('n')|pprint }}", "{{ (users|groupby('n'))[0].nope.x }}",
    ]),
]


def find(name):
    return (LIBRARY[name], name, lambda: True) if name in LIBRARY else None


def used(source):
    """What a case needs: the library if it reaches for other templates, and the variables that are named."""
    library = LIBRARY if re.search("include|import|extends", source) else {}
    text = source + " ".join(library.values())
    return library, {key: value for key, value in CONTEXT.items() if re.search(rf"\b{key}\b", text)}


def make_environment(settings):
    options = {key: value for key, value in settings.items() if key not in ("undefined", "sandboxed", "native", "translations", "autoescape")}
    kind = jinja2.Environment
    if settings.get("sandboxed") == "immutable":
        kind = jinja2.sandbox.ImmutableSandboxedEnvironment
    elif settings.get("sandboxed"):
        kind = jinja2.sandbox.SandboxedEnvironment
    elif settings.get("native"):
        kind = jinja2.nativetypes.NativeEnvironment
    escape = settings.get("autoescape", False)
    environment = kind(loader=jinja2.FunctionLoader(find), undefined=UNDEFINED[settings.get("undefined", "default")],
                       autoescape=jinja2.select_autoescape() if escape == "select" else escape, **options)
    if "translations" in settings:
        environment.install_null_translations(newstyle=settings["translations"] == "null-new")
    return environment


def describe(error):
    name = type(error).__name__
    if isinstance(error, RecursionError):
        return {"type": name, "message": None, "line": None, "template": None}
    if isinstance(error, jinja2.TemplateSyntaxError):
        return {"type": name, "message": error.message, "line": error.lineno, "template": error.name}
    line = template = None
    frame = error.__traceback__
    while frame is not None:
        if "__jinja_exception__" in frame.tb_frame.f_globals:
            line, template = frame.tb_lineno, frame.tb_frame.f_code.co_filename
        frame = frame.tb_next
    message = error.message if isinstance(error, jinja2.TemplateNotFound) else str(error)
    return {"type": name, "message": message, "line": line, "template": None if template == "<template>" else template}


def encode(value):
    if isinstance(value, tuple):
        return {"$tuple": [encode(item) for item in value]}
    if isinstance(value, set):
        return {"$set": [encode(item) for item in value]}
    if isinstance(value, list):
        return [encode(item) for item in value]
    if isinstance(value, dict) and not all(isinstance(key, str) for key in value):
        return {"$dict": [[encode(key), encode(item)] for key, item in value.items()]}
    return value


def main():
    lines = []
    for settings, sources in GROUPS:
        for source in sources:
            library, context = used(source)
            try:
                result = make_environment(settings).from_string(source).render(json.loads(json.dumps(context)))
                answer = {"ok": encode(result) if settings.get("native") else str.__str__(result)}
            except Exception as error:  # noqa: BLE001  the class and the text are the expectation
                answer = {"error": describe(error)}
            case = {"templates": library, "source": source, "env": settings, "context": context}
            try:
                line = json.dumps({"case": case, "expect": answer}, ensure_ascii=False)
            except TypeError:
                continue  # a native value that JSON cannot tell
            if " at 0x" not in line:
                lines.append(line)
    OUT.write_text("\n".join(lines) + "\n", encoding="utf-8")
    print(len(lines))


if __name__ == "__main__":
    main()
