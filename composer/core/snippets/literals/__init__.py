"""How text, bytes, numbers and JSON values are written in the languages of the snippets.

It knows nothing of requests, of events or of libraries.

    unsafe        characters that do not survive a clipboard or an editor
    numbers       how languages spell the floating-point numbers that they print
    syntax        a language as far as a JSON value needs it, and a value written in it
    python, javascript, go, php, ruby    one language each
"""
