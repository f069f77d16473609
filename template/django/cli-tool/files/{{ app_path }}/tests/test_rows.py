import io
import tracemalloc
from collections.abc import Iterator

from django.test import SimpleTestCase

from ..rows import BadRow, FormatError, Row, read_csv, read_json_lines

HEADER = "name,quantity\n"


class CSVTests(SimpleTestCase):
    def test_lines_make_rows(self) -> None:
        rows = list(read_csv(io.StringIO(HEADER + " a , 1 \n\nb,2147483647\n")))
        self.assertEqual(rows, [Row("a", 1), Row("b", 2_147_483_647)])

    def test_quoted_values_may_hold_commas_and_lines(self) -> None:
        rows = list(read_csv(io.StringIO(HEADER + '"a, ""b""\nc",3\n')))
        self.assertEqual(rows, [Row('a, "b"\nc', 3)])

    def test_bad_lines_are_told_and_the_others_read(self) -> None:
        text = HEADER + ",2\nb,x\nc\nd,-1\ne,2147483648\nf\0,1\ng,00000000009\nz,1\n"
        *bad, good = read_csv(io.StringIO(text))
        self.assertEqual(good, Row("z", 1))
        expected = [
            BadRow(2, "the name must have 1 to 200 characters"),
            BadRow(3, "'x' is no quantity"),
            BadRow(4, "1 values instead of 2"),
            BadRow(5, "'-1' is no quantity"),
            BadRow(6, "'2147483648' is no quantity"),
            BadRow(7, "the name must be a text"),
            BadRow(8, "'00000000009' is no quantity"),
        ]
        self.assertEqual(bad, expected)

    def test_file_without_header_is_refused(self) -> None:
        with self.assertRaisesMessage(FormatError, "'name,quantity', not 'a,1'"):
            list(read_csv(["a,1\n"]))
        with self.assertRaisesMessage(FormatError, "line 1: "):
            list(read_csv([]))

    def test_large_file_needs_little_memory(self) -> None:
        def lines() -> Iterator[str]:
            yield HEADER
            for number in range(50_000):
                yield f"row {number},{number}\n"

        tracemalloc.start()
        count = sum(1 for _ in read_csv(lines()))
        _, peak = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        self.assertEqual(count, 50_000)
        self.assertLess(peak, 1_000_000)  # bytes; all rows at once have some 8 million


class JSONLinesTests(SimpleTestCase):
    def test_lines_make_rows(self) -> None:
        lines = ['{"name": "a", "quantity": 1}\n', "\n", '{"quantity": 2, "name": "é"}']
        self.assertEqual(list(read_json_lines(lines)), [Row("a", 1), Row("é", 2)])

    def test_bad_lines_are_told_and_the_others_read(self) -> None:
        expected = "expected an object with 'name' and 'quantity'"
        for line, reason in [
            ("{", "no JSON: "),
            ("[" * 100_000, "no JSON: "),
            ('["a", 1]', expected),
            ('{"name": "a"}', expected),
            ('{"name": "a", "quantity": 1, "more": 1}', expected),
            ('{"name": 1, "quantity": 1}', "the name must be a text"),
            ('{"name": "a", "quantity": true}', "'true' is no quantity"),
            ('{"name": "a", "quantity": 1.5}', "'1.5' is no quantity"),
        ]:
            with self.subTest(line=line[:50]):
                good = '{"name": "z", "quantity": 1}'
                first, second = read_json_lines([line, good])
                assert isinstance(first, BadRow)
                self.assertEqual(first.line, 1)
                self.assertTrue(first.reason.startswith(reason), first.reason)
                self.assertEqual(second, Row("z", 1))
