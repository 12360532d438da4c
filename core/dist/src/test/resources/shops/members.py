"""Who has ordered at least five times and then not for 120 days, computed without Soloist.

Writes online-retail.txt (as of 2011-12-10) and cdnow.txt (as of 1998-07-01) beside itself:

    python3 members.py DATA

where DATA holds online_retail/20*.csv.gz (Chen, Sain, Guo 2012, doi:10.1057/dbm.2012.17, by month) and
CDNOW_sample.txt (Fader, Hardie 2001). An order is an invoice; one that begins with C is a return. Lines
without a customer or a price do not count.
"""
import csv, datetime, glob, gzip, os, sys

HERE = os.path.dirname(os.path.abspath(__file__))


def write(name, last_orders, today):
    quiet = today - datetime.timedelta(days=120)
    members = sorted(who for who, times in last_orders.items() if len(times) >= 5 and max(times.values()) <= quiet)
    with open(os.path.join(HERE, name), "w") as file:
        file.writelines(who + "\n" for who in members)


def online_retail(data):
    customers = {}
    for month in sorted(glob.glob(os.path.join(data, "online_retail", "20*.csv.gz"))):
        with gzip.open(month, "rt", encoding="utf-8") as rows:
            for row in csv.DictReader(rows):
                if row["CustomerID"] and float(row["UnitPrice"]) > 0 and not row["InvoiceNo"].startswith("C"):
                    time = datetime.datetime.fromisoformat(row["InvoiceDate"])
                    customers.setdefault(row["CustomerID"], {})[row["InvoiceNo"]] = time
    return customers


def cdnow(data):
    customers = {}
    with open(os.path.join(data, "CDNOW_sample.txt")) as rows:
        for number, row in enumerate(rows):
            who, _, day = row.split()[:3]
            customers.setdefault(who, {})[number] = datetime.datetime.strptime(day, "%Y%m%d")
    return customers


if __name__ == "__main__":
    write("online-retail.txt", online_retail(sys.argv[1]), datetime.datetime(2011, 12, 10))
    write("cdnow.txt", cdnow(sys.argv[1]), datetime.datetime(1998, 7, 1))
