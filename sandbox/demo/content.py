"""Who plays in the demo: five organisations, their people and two partnerships. All invented."""

from __future__ import annotations

PASSWORD = "neighbours-demo"

SECRETARIAT = {"email": "secretariat@example.org", "name": "Leyla Ersoy", "language": "en"}
ADMINISTRATOR = {"email": "admin@example.org", "name": "Site Administrator"}
TRANSLATOR = {"email": "deniz@example.org", "name": "Deniz Akın", "language": "tr"}

#: key -> facts; `texts` are the profile per language: (intro, what we offer, what we need).
ORGANISATIONS = {
    "rihtim": {
        "name": "Rıhtım Dayanışma Derneği",
        "side": "tr",
        "country": "TR",
        "city": "İzmir",
        "kind": "association",
        "registry_number": "35-114-027",
        "languages": ["tr", "en", "ar"],
        "website": "https://rihtim.example.org/",
        "texts": {
            "en": (
                "We keep a room behind the old port of İzmir. People who came from Syria and Afghanistan, seasonal "
                "workers and the old families of the quarter use it on the same days.",
                "Companions for visits to health centres, and a consent card in six languages.",
                "Partners who have worked with hospitals, and somebody who can train our volunteers in Italian law.",
            ),
            "tr": (
                "İzmir’in eski limanının arkasında bir mekânımız var. Suriye ve Afganistan’dan gelenler, mevsimlik "
                "işçiler ve mahallenin eski aileleri burayı aynı günlerde kullanıyor.",
                "Sağlık merkezlerine giderken eşlik eden gönüllüler ve altı dilde onam kartı.",
                "Hastanelerle çalışmış ortaklar ve gönüllülerimize eğitim verebilecek biri.",
            ),
        },
        "people": [
            {
                "email": "elif@example.org",
                "name": "Elif Karaca",
                "role": "owner",
                "language": "tr",
                "title": "Yönetim kurulu üyesi",
            },
            {
                "email": "mert@example.org",
                "name": "Mert Sezer",
                "role": "editor",
                "language": "tr",
                "title": "Gönüllü koordinatörü",
            },
        ],
        "signs": ("elif@example.org", "Yönetim kurulu üyesi"),
    },
    "officina": {
        "name": "Officina delle Lingue",
        "side": "eu",
        "country": "IT",
        "city": "Palermo",
        "kind": "association",
        "registry_number": "PA-2291",
        "languages": ["it", "en", "fr"],
        "website": "https://officina.example.org/",
        "texts": {
            "en": (
                "We teach Italian in the market of Ballarò, at stalls and in kitchens. Our pupils teach us the rest.",
                "Word lists for the waiting room, and teachers who travel.",
                "A partner in Turkey who knows how to agree on paper with a public health centre.",
            ),
            "it": (
                "Insegniamo italiano nel mercato di Ballarò, tra i banchi e nelle cucine. Il resto ce lo insegnano le "
                "persone che vengono da noi.",
                "Elenchi di parole per la sala d’attesa e insegnanti disposte a viaggiare.",
                "Un partner in Turchia che sappia come si firma un accordo con un centro di salute pubblico.",
            ),
        },
        "people": [
            {
                "email": "chiara@example.org",
                "name": "Chiara Lo Presti",
                "role": "owner",
                "language": "it",
                "title": "Presidente",
            },
            {
                "email": "samuele@example.org",
                "name": "Samuele Ferrante",
                "role": "representative",
                "language": "it",
                "title": "Insegnante",
            },
        ],
        "signs": ("chiara@example.org", "Presidente"),
    },
    "yankomsu": {
        "name": "Yan Komşu Vakfı",
        "side": "tr",
        "country": "TR",
        "city": "Gaziantep",
        "kind": "foundation",
        "registry_number": "27-0083",
        "languages": ["tr", "ar", "en"],
        "website": "https://yankomsu.example.org/",
        "texts": {
            "en": (
                "A ground-floor room in Şahinbey with a kitchen, a long table and a key that forty neighbours share.",
                "How to keep a room open without a grant.",
                "Ideas for the hot months, when nobody wants to cook.",
            ),
            "tr": (
                "Şahinbey’de, giriş katında bir mekân: bir mutfak, uzun bir masa ve kırk komşunun paylaştığı bir anahtar.",
                "Hibe olmadan bir mekânın kapısını açık tutmanın yolu.",
                "Kimsenin yemek pişirmek istemediği sıcak aylar için fikirler.",
            ),
        },
        "people": [
            {
                "email": "hatice@example.org",
                "name": "Hatice Doğru",
                "role": "owner",
                "language": "tr",
                "title": "Mütevelli heyeti başkanı",
            },
            {
                "email": "yusuf@example.org",
                "name": "Yusuf Halebi",
                "role": "representative",
                "language": "tr",
                "title": "Mutfak sorumlusu",
            },
        ],
        "signs": ("hatice@example.org", "Mütevelli heyeti başkanı"),
    },
    "steki": {
        "name": "Στέκι της Γειτονιάς",
        "side": "eu",
        "country": "GR",
        "city": "Thessaloniki",
        "kind": "association",
        "registry_number": "GR-54-771",
        "languages": ["el", "en"],
        "website": "https://steki.example.org/",
        "texts": {
            "en": (
                "An old shop in Ano Poli, Thessaloniki. Asylum seekers and neighbours cook, mend and argue here.",
                "Recipes in nine languages, and patience.",
                "A partner who has run a monthly appeal for small gifts.",
            ),
            "el": (
                "Ένα παλιό μαγαζί στην Άνω Πόλη της Θεσσαλονίκης. Εδώ αιτούντες άσυλο και γείτονες μαγειρεύουν, "
                "επισκευάζουν και συζητούν.",
                "Συνταγές σε εννέα γλώσσες, και υπομονή.",
                "Έναν εταίρο που έχει οργανώσει μηνιαίες μικρές δωρεές.",
            ),
        },
        "people": [
            {
                "email": "nikos@example.org",
                "name": "Νίκος Σαββίδης",
                "role": "owner",
                "language": "el",
                "title": "Πρόεδρος",
            },
            {
                "email": "amina@example.org",
                "name": "Amina Rahimi",
                "role": "representative",
                "language": "en",
                "title": "Kitchen",
            },
        ],
        "signs": ("nikos@example.org", "Πρόεδρος"),
    },
    "atolye": {
        "name": "Sokak Arası Gençlik İnisiyatifi",
        "side": "tr",
        "country": "TR",
        "city": "Ankara",
        "kind": "informal",
        "registry_number": "",
        "languages": ["tr", "en"],
        "website": "",
        "texts": {
            "en": (
                "Young people who accompany families to school enrolment in Altındağ and stay for the first term.",
                "Thirty young volunteers with patience for forms.",
                "A partner organisation with a legal form.",
            ),
            "tr": (
                "Altındağ’da ailelere okul kaydında eşlik eden ve ilk dönem boyunca yanlarında kalan gençler.",
                "Formlara sabrı olan otuz genç gönüllü.",
                "Tüzel kişiliği olan bir ortak kuruluş.",
            ),
        },
        "people": [
            {
                "email": "ece@example.org",
                "name": "Ece Yalın",
                "role": "owner",
                "language": "tr",
                "title": "Kolaylaştırıcı",
            },
        ],
        "signs": None,
    },
}

PARTNERSHIPS = {
    "chair": {
        "title": "The second chair",
        "titles": {"tr": "İkinci sandalye", "it": "La seconda sedia", "el": "Η δεύτερη καρέκλα"},
        "goal": "People who are new in town keep their appointments at the health centre, and understand them.",
        "organisations": ["rihtim", "officina"],
        "stage": "draft",
        "starts": -70,
        "ends": 110,
        #: e-mail -> role; the first of each organisation coordinates.
        "people": {
            "elif@example.org": "coordinator",
            "mert@example.org": "editor",
            "chiara@example.org": "coordinator",
            "samuele@example.org": "editor",
        },
    },
    "table": {
        "title": "Doors that stay open",
        "titles": {"tr": "Açık kalan kapılar", "it": "Porte che restano aperte", "el": "Πόρτες που μένουν ανοιχτές"},
        "goal": "Two rooms in two towns that live from their neighbours and not from the next grant.",
        "organisations": ["yankomsu", "steki"],
        "stage": "signoff",
        "starts": -160,
        "ends": 30,
        "people": {
            "hatice@example.org": "coordinator",
            "yusuf@example.org": "editor",
            "nikos@example.org": "coordinator",
            "amina@example.org": "commenter",
        },
    },
}

#: (quoted words, e-mail of who asks, question, e-mail of who answers or "", answer, settled)
COMMENTS = [
    (
        "Two meetings before the first visit",
        "chiara@example.org",
        "In Palermo people often get an appointment for the next morning. Could one meeting be enough, and say when?",
        "elif@example.org",
        "Yes, if the walk to the centre still happens. Shall we write “at least one meeting, and the walk”?",
        False,
    ),
    (
        "Words are repeated, not explained.",
        "mert@example.org",
        "I would keep this sentence on the card as well.",
        "samuele@example.org",
        "It is on the Italian card already.",
        True,
    ),
    (
        "four out of five kept the next one",
        "samuele@example.org",
        "Do we have the figure for Palermo alone?",
        "",
        "",
        False,
    ),
]
