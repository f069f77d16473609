/* The table that tools/gen_unicode_names.py writes, embedded as it is. */
    .section .rodata
    .global scaffold_unicode_names_begin
    .global scaffold_unicode_names_end
scaffold_unicode_names_begin:
    .incbin "jinja/unicode_names.bin"
scaffold_unicode_names_end:
    .byte 0
    .section .note.GNU-stack,"",%progbits
