"""Default points of inherent risk by country or region: 1 low to 6 high. Our own judgement, to be
reviewed by the installation; countries that are not listed are not known."""

SOURCE = "Default of the product, to be reviewed"

POINTS = {
    1: "AT BE CH DE DK FI IE IS LU NL NO NZ SE",
    2: "AU CA CZ EE ES FR GB IT JP LT LV PT SG SI SK TW US",
    3: "CL GR HK HR HU IL KR MO PL RO UY",
    4: "AE AR BG BR CN CR MA MY SA TH TN VN ZA",
    5: "CO DO EG ID IN JO KE KZ LK MX NG PE PH RS RU TR UA",
    6: "AO BD CD ET IR KH LA MM NP PK RW TZ UG ZM ZW",
}
KINDS = {"production": 1, "service": 0, "subcontractor": 2}
