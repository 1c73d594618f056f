"""Addresses: plain ones are accepted, and none that may lead to another domain."""

import pytest

from workbook.mail.address import NoAddressError, address


@pytest.mark.parametrize(
    ("text", "right"),
    [
        ("ada@example.com", "ada@example.com"),
        ("a.b+c@Sub.Example.COM", "a.b+c@sub.example.com"),
        ("ada@bücher.example", "ada@xn--bcher-kva.example"),
        *(
            (text, None)
            for text in [
                "",
                "ada",
                "ada@",
                "@example.com",
                "ada@localhost",
                "a@b@c.com",
                "a b@c.com",
                "a@c.com, b@c.com",
            ]
        ),
        *(
            (text, None)
            for text in [
                "Ada <ada@example.com>",
                "a@c.com\nBcc: b@c.com",
                "a@1.2.3.4",
                "a@[1.2.3.4]",
                "a@-x.com",
                "a@x..com",
            ]
        ),
        *(
            (text, None)
            for text in [
                "ädä@example.com",
                '"a b"@example.com',
                "a@straße.de",
                "a..b@c.com",
                f"{'a' * 65}@c.com",
                "a@c.com\0",
            ]
        ),
    ],
)
def test_an_address_is_one_plain_address_or_refused(text, right):
    if right:
        assert address(text).addr_spec == right
    else:
        with pytest.raises(NoAddressError):
            address(text)


@pytest.mark.parametrize(
    "text",
    [
        "user%evil.com@good.com", "evil.com!user@good.com", "@evil.com:user@good.com", "@a.com,@b.com:user@good.com",
        '"user@evil.com"@good.com', "user@evil.com@good.com", "/S=user/P=evil/@good.com", "|sh@good.com", "a%b!c@good.com",
    ],
)  # fmt: skip
def test_an_address_that_may_be_routed_to_another_domain_is_refused(text):
    with pytest.raises(NoAddressError):
        address(text)


@pytest.mark.parametrize("text", ["user+tag@good.com", "o'neill@good.com", "a_b-c.d@good.com", "user=list@good.com"])
def test_an_address_with_harmless_marks_is_accepted(text):
    assert address(text).addr_spec == text
