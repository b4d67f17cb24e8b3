//! Names of columns that are known, as data.
//!
//! All are written as [`normalise`](super::names::normalise) leaves them: lower case letters and digits, no accents, no
//! spaces. English, German, French, Spanish, Dutch, Italian and Portuguese, and the exports of common shops, tills and
//! payment services.

use super::Role;

/// Whole names, the best first: where two columns are known for one role, the one whose name stands further up plays it.
/// So ids come before addresses and names of persons, a line's total before an order's, and a product's name before its
/// number.
#[rustfmt::skip]
pub(super) const WHOLE: [(Role, &[&str]); 12] = [
    (Role::Customer, &[
        "customeruniqueid", "customerid", "customerno", "customernr", "customernumber", "customernum", "customercode",
        "customerkey", "custid", "custno", "custnum", "custcode", "clientid", "clientno", "clientnumber",
        "clientcode", "buyerid", "buyeruserid", "shopperid", "purchaserid", "memberid", "membershipid",
        "membernumber", "membershipnumber", "userid", "accountid", "subscriberid", "patronid", "guestid", "donorid",
        "contactid", "profileid", "personid", "householdid", "panelistid", "loyaltyid", "loyaltynumber",
        "loyaltycardnumber", "visitorid", "kundennummer", "kundennr", "kundenid", "kundeid", "kundenr", "kdnr",
        "debitor", "debitorid", "debitornr", "debitorennummer", "debitorennr", "idclient", "codeclient",
        "numeroclient", "numerodeclient", "noclient", "nclient", "clienteid", "idcliente", "codcliente",
        "codigocliente", "codigodecliente", "codigodocliente", "numerocliente", "numerodecliente", "nocliente",
        "klantid", "klantnummer", "klantnr", "klantcode", "codicecliente", "idutente", "customeremail",
        "customeremailaddress", "clientemail", "buyeremail", "shopperemail", "purchaseremail", "memberemail",
        "useremail", "accountemail", "billingemail", "email", "emailaddress", "mail", "mailaddress",
        "fromemailaddress", "contactemail", "kundenemail", "emailadresse", "mailadresse", "adresseemail",
        "adressemail", "courriel", "emailclient", "correo", "correoelectronico", "emailcliente", "emailklant",
        "emailadres", "indirizzoemail", "customer", "client", "buyer", "shopper", "purchaser", "member", "user",
        "account", "donor", "patron", "kunde", "kundin", "kaufer", "kaeufer", "cliente", "acheteur", "comprador",
        "klant", "koper", "acquirente", "utente", "usuario", "customername", "clientname", "buyername", "shoppername",
        "membername", "username", "accountname", "donorname", "customerfullname", "fullname", "billingname",
        "kundenname", "nomclient", "nomduclient", "nomprenom", "nombrecliente", "nombredelcliente", "nombrecompleto",
        "klantnaam", "nomecliente", "nomedocliente", "nomecompleto", "company", "companyname", "customercompany",
        "billingcompany", "firma", "name",
    ]),
    (Role::Date, &[
        "orderdate", "orderdatetime", "orderedat", "orderedon", "ordertime", "ordertimestamp",
        "orderpurchasetimestamp", "orderpurchasedate", "ordercreatedat", "ordercreateddate", "ordercreated",
        "orderplaced", "orderplacedat", "placedat", "placedon", "dateordered", "dateoforder", "purchasedate",
        "purchasedat", "purchasetime", "purchasetimestamp", "purchasedatetime", "dateofpurchase", "invoicedate",
        "invoicedatetime", "dateofinvoice", "saledate", "salesdate", "saletime", "dateofsale", "transactiondate",
        "transactiondatetime", "transactiontime", "transactiontimestamp", "transactiondateutc", "trxdate", "txndate",
        "txntime", "transdate", "datetime", "dateandtime", "date", "createdat", "createddate", "created",
        "createdutc", "createdatutc", "createdateutc", "createdon", "createdate", "creationdate", "datecreated",
        "timestamp", "posteddate", "postingdate", "bookingdate", "completeddate", "completedat", "datecompleted",
        "paymentdate", "paidat", "paiddate", "datepaid", "docdate", "documentdate", "donationdate", "giftdate",
        "visitdate", "day", "bestelldatum", "bestelltam", "auftragsdatum", "rechnungsdatum", "kaufdatum",
        "buchungsdatum", "belegdatum", "verkaufsdatum", "zahlungsdatum", "erstelltam", "datum", "datecommande",
        "datedecommande", "datedelacommande", "dateachat", "datedachat", "datefacture", "datedefacture", "datevente",
        "datedevente", "datetransaction", "datedecreation", "jour", "fecha", "fechapedido", "fechadepedido",
        "fechadelpedido", "fechacompra", "fechadecompra", "fechafactura", "fechadefactura", "fechaventa",
        "fechadeventa", "fechacreacion", "besteldatum", "orderdatum", "factuurdatum", "aankoopdatum", "verkoopdatum",
        "dataordine", "datadellordine", "dataacquisto", "datadiacquisto", "datafattura", "datavendita", "data",
        "datapedido", "datadopedido", "datacompra", "datadacompra", "datavenda", "datadavenda",
    ]),
    (Role::Amount, &[
        "linetotal", "lineamount", "linerevenue", "linesales", "lineitemtotal", "itemtotal", "ordertotal",
        "ordertotalamount", "ordertotalprice", "ordervalue", "orderamount", "orderrevenue", "orderprice",
        "totalordervalue", "totalamount", "totalprice", "totalsales", "totalsale", "totalrevenue", "totalspent",
        "totalspend", "totalpaid", "totalvalue", "totalpayment", "totaldue", "totalcharged", "grandtotal", "total",
        "invoicetotal", "invoiceamount", "invoicevalue", "purchaseamount", "purchasevalue", "purchasetotal",
        "transactionamount", "transactionvalue", "transactiontotal", "trxamount", "txnamount", "salesamount",
        "saleamount", "salesvalue", "salevalue", "salestotal", "saletotal", "salesrevenue", "paymentamount",
        "paymentvalue", "paymenttotal", "amountpaid", "paidamount", "pricepaid", "amountspent", "amountcharged",
        "chargeamount", "totalcollected", "netsales", "ventesnettes", "ventasnetas", "venditenette", "nettoomzet",
        "vendasliquidas", "netamount", "nettotal", "netrevenue", "netvalue", "netprice",
        "nrevenueformatted", "nrevenue", "revenue", "turnover", "sales", "grosssales", "grossamount", "grosstotal",
        "grossrevenue", "gross", "amount", "amt", "spend", "spent", "monetary", "monetaryvalue", "value",
        "basketvalue", "cartvalue", "donationamount", "giftamount", "donation", "payment", "charge", "subtotal",
        "ordersubtotal", "itemsubtotal", "productsales", "net", "adjustedordertotal", "gesamtbetrag",
        "rechnungsbetrag", "bestellwert", "bestellsumme", "auftragswert", "warenwert", "endbetrag", "zahlbetrag",
        "nettobetrag", "bruttobetrag", "nettoumsatz", "bruttoumsatz", "gesamtumsatz", "betrag", "gesamt",
        "gesamtpreis", "gesamtsumme", "summe", "umsatz", "montanttotal", "montantttc", "montantht", "montant",
        "totalttc", "totalht", "prixtotal", "chiffredaffaires", "ca", "importetotal", "importe", "montototal",
        "monto", "preciototal", "totalpedido", "totalventa", "ventas", "venta", "ingresos", "totaalbedrag",
        "orderbedrag", "factuurbedrag", "totaal", "totaalprijs", "bedrag", "omzet", "importototale", "importo",
        "totaleordine", "totale", "prezzototale", "fatturato", "ricavo", "valortotal", "valordopedido", "valor",
        "precototal", "totaldopedido", "faturamento", "receita",
    ]),
    (Role::Quantity, &[
        "quantity", "qty", "orderquantity", "orderqty", "quantityordered", "qtyordered", "itemquantity", "itemqty",
        "lineitemquantity", "lineitemqty", "productquantity", "productqty", "quantitysold", "qtysold", "unitssold",
        "units", "pieces", "pcs", "itemssold", "numberofitems", "noofitems", "numberofunits", "itemcount", "numitems",
        "items", "menge", "anzahl", "stuck", "stueck", "stuckzahl", "stueckzahl", "bestellmenge", "quantite", "qte",
        "quantitecommandee", "cantidad", "unidades", "cant", "aantal", "hoeveelheid", "stuks", "quantita", "qta",
        "pezzi", "quantidade", "qtd", "qtde",
    ]),
    (Role::UnitPrice, &[
        "unitprice", "priceperunit", "priceperitem", "priceeach", "pricepiece", "itemprice", "lineitemprice",
        "productprice", "unitamount", "sellingprice", "saleprice", "salesprice", "price", "einzelpreis", "stuckpreis",
        "stueckpreis", "preisprostuck", "preisprostueck", "verkaufspreis", "preis", "prixunitaire", "prixunitairettc",
        "prixunitaireht", "prixdevente", "prix", "preciounitario", "precioporunidad", "preciounidad", "preciodeventa",
        "precio", "stuksprijs", "eenheidsprijs", "verkoopprijs", "prijs", "prezzounitario", "prezzodivendita",
        "prezzo", "precounitario", "precodevenda", "preco", "valorunitario",
    ]),
    (Role::Order, &[
        "orderid", "orderno", "ordernr", "ordernumber", "ordernum", "ordercode", "orderref", "orderreference",
        "orderreferenceid", "orderkey", "ordername", "order", "salesorderid", "salesordernumber", "salesorder",
        "invoiceno", "invoicenumber", "invoiceid", "invoicenr", "invoicenum", "invoice", "transactionid",
        "transactionno", "transactionnumber", "transactionref", "transactionreference", "transaction", "txnid",
        "txid", "trxid", "transid", "purchaseid", "purchaseno", "purchasenumber", "purchaseorder",
        "purchaseordernumber", "saleid", "salesid", "saleno", "receiptid", "receiptno", "receiptnumber", "receipt",
        "basketid", "basket", "cartid", "checkoutid", "ticketno", "ticketnumber", "bookingid", "bookingno",
        "bookingreference", "reservationid", "documentno", "documentnumber", "docno", "paymentid", "chargeid",
        "donationid", "giftid", "bestellnummer", "bestellnr", "bestellid", "bestellung", "auftragsnummer",
        "auftragsnr", "auftragsid", "auftrag", "rechnungsnummer", "rechnungsnr", "rechnung", "belegnummer", "belegnr",
        "belegid", "vorgangsnummer", "numerocommande", "numerodecommande", "numerodelacommande", "nocommande",
        "ncommande", "idcommande", "refcommande", "referencecommande", "referencedecommande", "commande",
        "numerofacture", "numerodefacture", "nofacture", "nfacture", "facture", "numeropedido", "numerodepedido",
        "numerodelpedido", "nopedido", "npedido", "idpedido", "pedido", "numerofactura", "numerodefactura",
        "nofactura", "nfactura", "factura", "ordernummer", "bestelnummer", "bestelling", "bestellingnummer",
        "factuurnummer", "factuurnr", "factuur", "numeroordine", "numerodordine", "idordine", "nordine", "ordine",
        "numerofattura", "fattura", "numerodopedido", "iddopedido", "notafiscal", "id",
    ]),
    (Role::Currency, &[
        "currency", "currencycode", "currencyiso", "ordercurrency", "ordercurrencycode", "paymentcurrency",
        "transactioncurrency", "presentmentcurrency", "isocurrency", "isocurrencycode", "currencysymbol", "curr",
        "ccy", "wahrung", "waehrung", "wahrungscode", "waehrungscode", "devise", "monnaie", "moneda", "divisa",
        "valuta", "moeda",
    ]),
    (Role::Status, &[
        "orderstatus", "financialstatus", "paymentstatus", "transactionstatus", "invoicestatus", "salesstatus",
        "status", "etat", "bestellstatus", "auftragsstatus", "zahlungsstatus", "bestellungsstatus", "statut",
        "statutcommande", "statutdelacommande", "statutdepaiement", "etatcommande", "estado", "estadopedido",
        "estadodelpedido", "estadodopedido", "estadodepago", "situacao", "orderstatusname", "bestelstatus",
        "betaalstatus", "stato", "statoordine", "statodellordine",
    ]),
    (Role::Channel, &[
        "channel", "saleschannel", "orderchannel", "purchasechannel", "acquisitionchannel", "marketingchannel",
        "channelname", "channeltype", "source", "ordersource", "salessource", "acquisitionsource", "trafficsource",
        "utmsource", "leadsource", "originalsource", "referralsource", "attribution", "referrer", "medium",
        "utmmedium", "marketplace", "platform", "kanal", "vertriebskanal", "verkaufskanal", "absatzkanal", "quelle",
        "herkunft", "canal", "canaldevente", "canaldeventa", "canaldevendas", "kanaal", "verkoopkanaal", "canale",
        "canaledivendita", "origem", "fonte",
    ]),
    (Role::Country, &[
        "country", "countrycode", "countryname", "customercountry", "billingcountry", "billingcountrycode",
        "shippingcountry", "shippingcountrycode", "shipcountry", "shiptocountry", "billtocountry", "deliverycountry",
        "ordercountry", "buyercountry", "countryregion", "nation", "region", "regionname", "market", "territory",
        "state", "province", "customerstate", "customerregion", "billingstate", "billingprovince", "shippingstate",
        "shippingprovince", "shipstate", "orderstate", "land", "lieferland", "rechnungsland", "kundenland",
        "landercode", "laendercode", "bundesland", "pays", "paysclient", "paysdelivraison", "paysdefacturation",
        "pais", "paisdeenvio", "paisdelcliente", "leveringsland", "klantland", "paese", "nazione", "regione",
        "provincia", "regiao", "uf",
    ]),
    (Role::Category, &[
        "productcategory", "itemcategory", "category", "categoryname", "productcategoryname", "producttype",
        "productgroup", "productline", "productfamily", "maincategory", "subcategory", "department", "collection",
        "kategorie", "produktkategorie", "artikelkategorie", "warengruppe", "artikelgruppe", "produktgruppe",
        "produktart", "categorie", "categorieproduit", "categoriedeproduit", "famille", "rayon", "categoria",
        "categoriaproducto", "categoriadelproducto", "categoriaprodotto", "categoriadoproduto", "familia",
        "productcategorie", "productgroep", "reparto",
    ]),
    (Role::Product, &[
        "productname", "producttitle", "product", "itemname", "itemtitle", "item", "lineitemname", "articlename",
        "article", "products", "title", "productdescription", "itemdescription", "description", "service",
        "servicename", "productid", "productcode", "productsku", "productnumber", "productno", "itemid", "itemcode",
        "itemsku", "itemno", "itemnumber", "lineitemsku", "sku", "stockcode", "articleno", "articlenumber", "asin",
        "isbn", "ean", "upc", "gtin", "produktname", "produkt", "artikelname", "artikel", "artikelbezeichnung",
        "bezeichnung", "artikelnummer", "artikelnr", "nomproduit", "nomduproduit", "produit", "libelle",
        "designation", "nombreproducto", "nombredelproducto", "producto", "articulo", "productnaam", "artikelnaam",
        "omschrijving", "nomeprodotto", "prodotto", "articolo", "nomedoproduto", "produto", "descricao",
    ]),
];

/// Words that tell a role as part of a name, unless a word is in the name that begins with one of `not`.
pub(super) struct Part {
    /// The role.
    pub(super) role: Role,
    /// What tells it.
    pub(super) words: &'static [&'static str],
    /// What tells that it is something else: a delivery has a date too, a tax is an amount.
    pub(super) not: &'static [&'static str],
}

/// In the order in which they are tried.
#[rustfmt::skip]
pub(super) const PARTS: [Part; 11] = [
    Part {
        role: Role::Date,
        words: &[
            "date", "day", "time", "timestamp", "datum", "fecha", "datetime",
        ],
        not: &[
            "ship", "deliver", "dispatch", "estimat", "due", "cancel", "updat", "modif", "birth", "dob", "expir",
            "refund", "return", "end", "valid", "zone", "deadline", "lead", "closed", "fulfill", "payout",
            "available", "deposit", "disput", "last", "next", "signup", "regist", "start", "stage", "opt", "confirm",
            "evidence",
        ],
    },
    Part {
        role: Role::Currency,
        words: &[
            "currency", "wahrung", "waehrung", "devise", "moneda", "valuta", "moeda",
        ],
        not: &[
            "payout", "converted", "facing", "fee",
        ],
    },
    Part {
        role: Role::Status,
        words: &[
            "status", "statut",
        ],
        not: &[
            "fulfil", "ship", "address", "card", "disput", "lead", "marital", "token", "payout", "check", "deliver",
            "tax", "return",
        ],
    },
    Part {
        role: Role::Quantity,
        words: &[
            "quantity", "qty", "units", "menge", "anzahl", "cantidad", "quantite", "quantita", "quantidade", "aantal",
        ],
        not: &[
            "refund", "return", "ship", "stock", "price", "cost", "measure", "min", "max",
        ],
    },
    Part {
        role: Role::UnitPrice,
        words: &[
            "price", "preis", "prix", "precio", "prijs", "prezzo", "preco",
        ],
        not: &[
            "total", "compare", "ship", "tax", "discount", "cost", "point", "list", "old", "original", "name",
            "level", "band",
        ],
    },
    Part {
        role: Role::Amount,
        words: &[
            "amount", "total", "revenue", "sales", "spend", "spent", "betrag", "umsatz", "montant", "importe",
            "monto", "bedrag", "omzet", "importo", "valor", "value",
        ],
        not: &[
            "tax", "taxes", "vat", "mwst", "tva", "iva", "btw", "ust", "discount", "ship", "freight", "deliver",
            "fee", "refund", "return", "tip", "cost", "balance", "outstanding", "credit", "coupon", "gift",
            "commission", "margin", "profit", "unit", "per", "count", "number", "quantity", "qty", "lifetime",
            "average", "avg", "aov", "rabatt", "versand", "steuer", "gebuhr", "gebuehr", "porto", "handling",
            "insurance", "dut", "item", "order", "point", "id", "name", "due", "surcharge", "predicted", "historic",
            "disput", "channel", "person", "rep", "team", "type", "code", "currency", "tax1", "rate", "percent",
        ],
    },
    Part {
        role: Role::Customer,
        words: &[
            "email", "customer", "client", "buyer", "shopper", "purchaser", "member", "subscriber", "donor", "patron",
            "kunde", "kunden", "klant", "cliente", "acheteur", "comprador", "user",
        ],
        not: &[
            "state", "city", "zip", "postal", "postcode", "street", "address1", "address2", "phone", "type",
            "segment", "group", "note", "country", "region", "gender", "age", "birth", "since", "date", "language",
            "currency", "tag", "comment", "description", "count", "order", "consent", "accept", "facing", "agent",
            "service", "feedback", "rating", "score", "lifetime", "status", "rank", "tier", "level", "market",
            "deliver",
        ],
    },
    Part {
        role: Role::Country,
        words: &[
            "country", "region", "land", "pays", "pais", "paese", "state", "province",
        ],
        not: &[
            "card", "issue", "note", "description", "birth", "id",
        ],
    },
    Part {
        role: Role::Channel,
        words: &[
            "channel", "kanal", "canal", "kanaal", "canale", "utm",
        ],
        not: &[
            "id", "fee",
        ],
    },
    Part {
        role: Role::Category,
        words: &[
            "category", "kategorie", "categorie", "categoria", "department",
        ],
        not: &[
            "id", "tax",
        ],
    },
    Part {
        role: Role::Product,
        words: &[
            "product", "produkt", "produit", "producto", "prodotto", "produto", "sku", "item", "artikel", "article",
        ],
        not: &[
            "price", "count", "quantity", "qty", "discount", "tax", "review", "rating", "cost", "weight", "type",
            "size", "color", "colour", "number", "margin",
        ],
    },
];
