"""Brands and organizations that most people have heard of, and the words that companies and products go by."""

from typing import Final

from processors.lang import word_set

# Found in any case. An underscore stands for a blank.
BRANDS: Final = word_set(
    """
3m aarstiderne abb accenture acer adidas adobe adyen airbnb airbus alcatel aldi algolia alibaba alka
allianz amd american_express android asana asos astrazeneca asus atea atlassian audi autodesk avast aws
axa bambora bang_&_olufsen barclays basecamp bayer bbc bentley best_buy bilka bing bitdefender blackberry
bloomberg bmw boeing bosch bose budweiser bugatti burberry cadbury cadillac calendly canva capgemini
carlsberg cartier caterpillar chanel chatgpt chevrolet chevron chrysler cisco citibank citrix citroen
clickup cnn coca-cola coca_cola cognizant colgate coloplast comcast confluence coop copilot costco
coinbase danfoss danica danske_bank datadog dell deloitte demant denon dewalt dfds dhl dior disney
disneyland docker docusign dominos doritos dropbox dsb dsv ducati dynamics_365 dyson e-conomic ebay ecco
elgiganten emc epson ericsson espn etsy evernote expedia exxon exxonmobil facebook falck fakta fbi fedex
ferrari fiat figma fitbit firefox flickr flsmidth fortinet foxconn freshdesk freshworks fujifilm fujitsu
ge_healthcare genesys gillette github gitlab gmail gn_store_nord godaddy goldman_sachs google google_cloud
gopro grafana groupon grundfos gucci guinness h&m häagen-dazs harley-davidson hasselblad hbo heineken
heinz hellofresh hermes hewlett-packard hitachi honda honeywell hp hsbc htc huawei hubspot hulu hyundai
ibm ikea infineon infor infosys instagram intel intercom intuit ios ipad iphone ipod itunes jabra jbl jeep
jira jpmorgan jquery jysk kafka kaspersky kellogg kfc kia kickstarter kitchenaid klarna klm kmd kodak kpmg
kubernetes lacoste lamborghini lego lenovo lexus lg lidl linkedin linux lockheed logitech louis_vuitton
lufthansa lundbeck lyft macbook macos maersk mærsk magento mailchimp marketo marriott mastercard mazda
mcafee mcdonalds mcdonald's mckinsey mercedes mercedes-benz metlife microsoft miele minecraft miro mitel
mitsubishi mobilepay mongodb mozilla mtv mulesoft mysql myspace nasa nato nba nespresso nestle nestlé
netapp netflix netsuite nfl nike nikon nilfisk nintendo nissan nivea nokia nordea norlys novo_nordisk
novozymes nutella nvidia nykredit okta oneplus onenote onedrive openai oracle outsystems palantir
panasonic patagonia paypal peloton pepsi pepsico peugeot pfizer philips photoshop pinterest pipedrive
playboy playstation pleo polaroid porsche postgres postgresql postnord power_bi powerpoint pringles pwc
qantas qliktech qlikview qualcomm quickbooks radiometer ralph_lauren ray-ban realdania redbull red_bull
reddit rema_1000 renault reuters ringcentral roblox rockwool roku rolex rolls-royce ryanair saab
salesforce samsung sap sap_hana sas_institute schneider_electric seagate sennheiser servicenow shopify
siemens simcorp skoda skype snapchat snowflake sodexo sonos sony spacex spotify squarespace starbucks
steelseries stofa subaru sugarcrm surveymonkey suzuki sydbank tableau tdc teamviewer telenor telia telmore
tencent tesco tesla texaco thinkpad tiktok tivo tommy_hilfiger toshiba toyota trello tripadvisor
trustpilot  tumblr tupperware twilio twitch twitter uber ubisoft ubuntu udemy unicef unilever unisys
ups verizon versace vestas viaplay viber vimeo virgin_atlantic visma vmware vodafone volkswagen volvo
walmart watchguard waze webex wechat wells_fargo wendys whatsapp wikipedia wipro woocommerce wordpress
workday wwf xbox xerox xiaomi yahoo yammer yelp youtube yousee you_tube zalando zara zendesk zoho zoominfo
zuora zynga ørsted ftc fda fcc cia kgb gop nhl ufc mlb nascar fifa uefa mufc
    """
)

# Everyday words too: only with a capital where none is due.
AMBIGUOUS_BRANDS: Final = word_set(
    """
adobe amazon apple alphabet box chase chrome crocs discord dove edge excel ford gap general_motors halo
hilton iceberg kindle kone lush magento mars meta monday motion nest notion office opera orange oracle
outlook pandora pages panda patagonia polar power puma ring safari sage shell signal sprint stripe tryg subway
sun surface swatch target teams tide time timberland total vanguard virgin visa vanish windows word zoom
slack brother netto messenger jaguar canon delta dynamics prometheus eclipse lotus access publisher
project eagles lions
    """
)

LEGAL_FORMS: Final = word_set(
    """
inc inc. ltd ltd. llc llp corp corp. co co. plc gmbh ag ab oy nv bv sa s.a. spa aps a/s as p/s k/s i/s ivs
amba incorporated limited corporation
    """
)

# A capitalised run that ends with one of these is a company, an organization or a team.
ORGANIZATION_NOUNS: Final = word_set(
    """
group gruppen holding holdings bank banken systems technologies technology software solutions studios
studio media records airlines airways foundation fonden association institute company partners consulting
energy pharma pharmaceuticals industries insurance forsikring network networks capital ventures labs
laboratories entertainment communications motors electronics logistics brewery bryggeri bryggerier times
post journal gazette herald tribune news avis tidende forlag publishing press radio university college
academy department ministry agency council commission committee society union league federation club party
fc united boyz boys band orchestra crew squad team rovers wanderers styrelsen ministeriet kommune kommunen
hotel hotels restaurant traders trading steel works forbundet foreningen partiet rådet pizza wireless
cable mobile games gaming interactive robotics analytics digital
    """
)

# Behind a name, in lower case, these say that it is a product or a brand.
PRODUCT_NOUNS: Final = word_set(
    """
crm erp app apps software suite cloud platform platforms system systems tool tools license licenses
subscription subscriptions account accounts phone phones laptop laptops computer computers tablet tablets
printer printers camera cameras console consoles server servers browser version driver drivers plugin
database website site store stores product products model series beer coffee shoes shirt bag watch car
cars truck trucks bike fans concert album team players commercial advertisement ad ads integration api
module package edition users user dongle headset portal solution licens licenser løsning løsningen
systemet platformen programmet program abonnement produkt produkter serie telefon telefoner modul printere
printeren maskine maskiner maskinen computere systemer servere headsets skærm skærme bruger brugere app'en
appen
    """
)
