"""The people who come to Riverside Clinic. All of them are made up."""

FAMILIES = (
    ("Rosa Keller", "Carl Keller"),
    ("Ada Moore", "Andre Moore", "Isla Moore"),
    ("Cleo Hayes", "Tess Hayes"),
    ("Inês Costa", "Olga Costa"),
    ("Liam Walsh", "Aoife Walsh"),
    ("María José Navarro", "Mateo Navarro", "Lucía Navarro"),
    ("Tom Vance", "Peggy Vance"),
    ("Thanh Nguyễn", "Linh Nguyễn"),
    ("Kofi Mensah", "Abena Mensah"),
    ("Walter Brandt", "Theo Brandt"),
)
"""They share a phone and a mailbox."""

PEOPLE = """
Mika Lindqvist, Lin Nakamura, Jo Chen, Sam Ortega, Priya Nair, Omar Diallo, Grace Kim, Wale Adeyemi,
Peter Jansen, Hugo Martins, Fay Ortiz, Will Lopez, Nils Berg, Amir Rahimi, Esther Nwosu, Lucia Park, Dora Dube,
Jan Novák, Mona Aziz, Lena Fontaine, Quinn Reyes, Sana Iqbal, Iris Sato, Kira Bell, Jon Silva, Karin Eriksen,
Paul Weber, Bea Lund, Hana Vogel, Siobhán O'Brien, Marco D'Angelo, Ana-Lucía Pérez-Gómez, Jean-Luc Moreau,
Zoë Ångström, Łukasz Wiśniewski, Björn Þórsson, Renée Dupont, François Lefèvre, Željko Petrović,
Ágnes Szabó, Çağla Yıldız, Søren Kjær, Chloë Smith-Jones, Xóchitl Ramírez, Nuno Conceição,
Eilidh MacLeod, Niamh Ní Dhomhnaill, Seán Ó Murchú, Dŵynwen Rhys, Héctor Ibáñez, ליאור כהן,
ليلى حداد, Олена Шевченко, 田中 美咲, Nikos Papadopoulos, Ioana Țepeș, Kwame Asante,
Amara Okonkwo, Fatou Sow, Ibrahim Traoré, Zanele Dlamini, Thabo Mokoena, Chidi Eze, Ngozi Obi, Yusuf Hassan,
Halima Abdi, Tesfaye Bekele, Selam Tadesse, Rajesh Iyer, Meera Krishnan, Arjun Patel, Kavya Reddy, Sanjay Gupta,
Anjali Desai, Farhan Malik, Ayesha Siddiqui, Nadia Rahman, Tariq Mahmood, Dilini Perera, Suresh Fernando,
Wei Zhang, Xiu Li, Jun Wang, Mei-Ling Wu, Hiroshi Yamamoto, Yuki Kobayashi, Kenji Mori, Aiko Ishikawa,
Min-jun Lee, Seo-yeon Choi, Ji-woo Han, Anh Trần, Minh Phạm, Maricel Santos, Jose Rizalino Cruz,
Siti Nurhaliza, Budi Santoso, Putri Wulandari, Somchai Rattanakosin, Malia Kealoha, Tane Wharehinga,
Aroha Parata, Sione Tuilagi, Winona Begay, Joseph Tsosie, Ruth Yellowhorse, Cody Littlefield, Guadalupe Herrera,
Javier Morales, Ximena Castillo, Diego Fuentes, Valentina Rojas, Camila Acosta, Emilio Vargas, Rafael Mendoza,
Beatriz Oliveira, Thiago Almeida, Larissa Barbosa, Caio Ribeiro, Giulia Romano, Matteo Ricci, Francesca Conti,
Luca Marchetti, Greta Hofmann, Jonas Schäfer, Ingrid Krause, Matthias Böhm, Sofie van den Berg,
Pieter de Vries, Femke Bakker, Willem Visser, Agnieszka Nowak, Piotr Zieliński, Kateřina Dvořáková,
Tomáš Procházka, Eszter Kovács, Dimitra Georgiou, Andrei Popescu, Svetlana Morozova, Dmitri Volkov,
Katya Sokolova, Arman Petrosyan, Tamar Beridze, Leila Farahani, Reza Karimi, Parisa Ahmadi, Emre Demir,
Elif Kaya, Rania Khalil, Karim Haddou, Yasmin El-Sayed, Miriam Goldberg, Avi Rosen, Shira Levi, Annika Virtanen,
Juhani Korhonen, Astrid Nilsen, Lars Holm, Freya Sørensen, Conor Byrne, Róisín Kelly, Hamish Fraser,
Morag Sinclair, Gareth Pritchard, Carys Morgan, Harriet Blackwood, Oliver Thackeray, Beatrice Whitlock,
Edmund Fairweather, Earl Jenkins, Mabel Tucker, Otis Freeman, Loretta Simmons, Darnell Washington,
Keisha Robinson, Tyrone Banks, Latoya Greene, Marcus Whitfield, Imani Brooks, Jebediah Stone, Savannah Pruitt,
Wyatt Calloway, Clementine Boone, Randall McCoy, Bobbie Jo Tillman, Vernon Stubblefield, Ethel Mae Crenshaw,
August Lindgren, Willa Hargrove, Silas Pennington, Hazel Abernathy, Dashiell Monroe, Juniper Ellis
"""

CALLED = {
    "William": "Bill",
    "María José": "Majo",
    "Ana-Lucía": "Ana",
    "Jose Rizalino": "Joey",
    "Bobbie Jo": "Bobbie",
    "Ethel Mae": "Ethel Mae",
    "Guadalupe": "Lupe",
    "Thiago": "Ti",
    "田中": "Misaki",
    "Олена": "Olena",
    "ליאור": "Lior",
    "ليلى": "Layla",
    "Somchai": "Chai",
    "Dashiell": "Dash",
}

DESK_NOTES = (
    "Parks behind the building; ring the side bell.",
    "Prefers to be called after 4 pm.",
    "Comes by bus, so a few minutes late is usual.",
    "Brings an interpreter along.",
    "Works nights: no calls before noon.",
    "A daughter keeps the calendar.",
    "Likes the ground floor entrance.",
    "Coaches on Wednesday afternoons.",
    "Ask whether the new address is right.",
)

INACTIVE = "Harlan Whitmore"
"""Moved away; nothing is sent any more."""
