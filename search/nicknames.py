"""Short and other forms of given names, as alternatives for a search for people.

Given names in use in Britain, Welsh ones among them. A name that is short for several
(Sam, Chris, Alex) finds all of those, but they do not find each other through it.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from search.alternatives import folded_words

# The full forms of a name, which are spellings of each other, and what they are called for short.
_NAMES = """
abigail: abi abby abbie gail
abraham: abe
adelaide: addie ada
adrian: ade
alan allan allen alun: al
albert: bert bertie al
alexander alasdair alistair alastair alisdair: alex al alec sandy xander lex
alexandra: alex alexa sandra sandy lexi lexie
alfred: alf alfie fred
alice alys: ali
alison allison alyson: ali
amanda: mandy
amelia emilia: amy millie milly
andrea: andie
andrew andras: andy drew
angela: angie ange
angharad: hari
ann anne anna: annie nan
annabel annabelle: bella belle
anthony antony: tony ant
antonia: toni
archibald: archie
arthur: art
barbara: barb babs
barnaby: barney
bartholomew: bart
beatrice beatrix: bea bee trixie
benedict: ben
benjamin: ben benji benny
bernard bernadette: bernie
bethan bethany: beth
bradley: brad
brenda: bren
bridget: bridie biddy
bronwen bronwyn: bron
cameron: cam
carol carole caryl: caz
caroline carolyn: carrie caro lyn
catherine katherine kathryn katharine catharine cathryn catrin katrina catriona kathleen cathleen:
  cath cathy kath kathy kate katie katy kat kay kit kitty trina
cecilia cecily: cis cissy celia
ceridwen: ceri
charles: charlie chas chaz chuck
charlotte: charlie lottie lotte char
christine christina kristina: chris chrissie tina kirsty
christopher: chris kit topher
clifford: cliff
constance: connie
cynthia: cindy
daniel deiniol: dan danny
danielle daniela: dani
david dafydd dewi: dave davey davie dai dafi taff
dean deane:
deborah debra: deb debbie debby
denis dennis: den
derek deric: del
diana diane dianne: di
dominic dominick: dom
donald: don donnie
dorothy dorothea: dot dotty dottie dolly dora
douglas: doug dougie
edith: edie
edmund: ed eddie ned
edward: ed eddie ted teddy ned
edwin: ed eddie
eileen aileen:
eleanor elinor eleanora: ellie nell nellie nora lenny
elizabeth elisabeth elspeth:
  liz lizzie lizzy beth betty bess bessie betsy eliza libby lisa elsie
ellen elen helen elin: nell nellie ellie
emily emilie: em emmie milly millie
emma: em emmie
emmanuel: manny
eric: rick ricky
ernest: ernie
esther hester: essie hettie
eugene: gene
evelyn: eve evie
felicity: fliss flick
fiona: fi
florence: flo florrie flossie
frances: fran frankie fanny
francis: frank frankie fran
frank franklin: frankie
frederick frederic: fred freddie freddy
gabriel: gabe
gabrielle gabriella: gabby gabi
gareth garth: gaz gary
geoffrey jeffrey: geoff jeff
georgina georgia georgiana: georgie gina
geraint: ger
gerald gerard: gerry jerry
geraldine: gerry
gertrude: gertie trudy
gillian jillian: gill jill
grace: gracie
graham graeme grahame: gray
gregory: greg
griffith gruffydd gruffudd: griff gruff
gwendolen gwendoline gwendolyn: gwen gwenda wendy
gwenllian: gwen gwenno llio llian
gwilym: gwil will
gwyneth gwenyth: gwyn gwen
hannah: han
harold: harry hal
harriet: hattie harri hatty
harrison: harry
henrietta: hetty etta
henry: harry hal hank
herbert: herb bert bertie
hilary hillary:
howard: howie
hugh huw: hughie
humphrey: humph
ian iain: ianto
ifan ieuan ioan iwan: ianto
imogen: immy
isaac: ike zac
isabel isabelle isabella isobel ishbel: izzy issy bella belle bel
ivor ifor:
jacob iago: jake
jacqueline: jackie jacqui jacky
james: jim jimmy jamie jem
jane jayne sian sheena shan: janey janie
janet: jan
janice: jan
jason: jay
jasmine: jas jazz
jean jeanne: jeannie
jemima: jem mima
jemma gemma: jem gem
jennifer: jen jenny jenni jennie
jeremy jeremiah: jem jez jerry
jessica: jess jessie
joan joanne joanna joann: jo joni
john jon sion ioan: johnny jonny jack
jonathan johnathan jonathon: jon jonny jono
joseph: joe joey
josephine: jo josie jose
joshua: josh
joyce: joy
judith: judy jude
julia julie: jules
julian: jules
juliet juliette: jules
karen caren:
katelyn caitlin: kate katie cait
kenneth: ken kenny
kevin: kev
kimberley kimberly: kim
kirsten kirstin: kirsty kirstie
kristopher: kris
laura lowri: lori
laurence lawrence: larry laurie lol loz
leonard: len lenny leo
leslie lesley: les
lewis louis: lew lou
lilian lillian lily: lil
linda lynda: lin lindy lyn
llewelyn llewellyn: llew lyn
louise louisa: lou lulu
lucy lucille: lu
lynne lynn: lyn
madeleine madeline: maddie maddy
malcolm: mal malc
margaret marguerite mared marged mairead:
  maggie meg megan peggy peg madge marge margie margo rita greta daisy mags
maria marie: mia
marian marion: mari
marianne: mari
marjorie: marge margie
mark marc:
martha: marty mattie
martin martyn: marty mart
mary mair mairi moira maire: molly polly may mae minnie mamie mal
matilda mathilda: tilly tilda mattie
matthew mathew: matt matty
maureen: mo
maurice morris meurig: mo
maximilian maxwell: max
maxine: max
melanie: mel
melissa: mel lissa
michael mihangel: mike mick micky mickey mikey
michelle: shell chelle shelly
mildred: millie milly
miriam: mim mimi
mohammed muhammad mohamed mohammad muhammed: mo
montague: monty
morgan: mo
morwenna: wenna
myfanwy: fanw myf van
natalie nathalie: nat
natasha: tash tasha nat
nathan nathaniel: nat nate
neil neal niall:
nicholas nicolas: nick nicky nico
nicola: nicky nikki nic
nigel: nige
olive olivia: liv livvy livvie ollie
oliver: olly ollie noll
oswald: ossie oz
owen owain: owie
pamela: pam
patricia: pat patsy trish tricia patty
patrick padraig: pat paddy pad
paula pauline: paul
penelope: penny pen
percival: percy
peter pedr: pete
philip phillip: phil pip
philippa phillippa: pip pippa
phyllis: phyl
prudence: pru prue
rachel rachael rahel: rach rae
ralph rafe: ralphie
raymond: ray
rebecca rebekah: becky becca bec
reginald: reg reggie
rhiannon: rhi
rhodri: rhod
richard: rick ricky dick dickie rich richie
robert: rob robbie bob bobby bert
roberta: bobbie
robin robyn: rob
roderick: rod roddy rory
rodney: rod
roger rodger:
roland rowland: rolly roly
ronald: ron ronnie
rosalind rosalyn: ros roz
rosamund rosamond: ros roz
rosemary: rose rosie
rose rosa: rosie
russell: russ
samantha: sam sammy
samuel: sam sammy
sandra: sandy
sarah sara: sally sadie
seamus shamus:
sean shaun shawn:
sebastian: seb bas
sharon: shaz
sheila shelagh:
sidney sydney: sid syd
simon: si
sophie sophia: soph
stanley: stan
stephanie steffan: steph stevie steff
stephen steven steffan: steve stevie ste
stuart stewart: stu stew
susan suzanne susanna susannah: sue susie suzie suzy sukie
sylvia: syl
tamara: tammy tam
tamsin thomasina: tam tammy
terence terrance: terry tel
teresa theresa: terry tess tessa tracy
theodora: dora theo
theodore: theo ted teddy
thomas tomos: tom tommy twm
timothy: tim timmy
tobias: toby
tracey tracy: trace
tristan trystan: tris
tudor tudur: tud
valerie: val
vanessa: nessa ness
veronica: ronnie vera nica
victor: vic
victoria: vicky vicki vikki tori vic
vincent: vince vinny
violet: vi
virginia: ginny
vivian vivien vivienne: viv
wallace: wally
walter: wally walt wat
wilfred wilfrid: wilf
wilhelmina: mina minnie
william gwilym: will bill billy willie wills liam
winifred gwenfrewi: win winnie freda
yvonne: von vonnie
zachary zachariah: zac zach zak
"""


def _groups() -> list[tuple[list[str], list[str]]]:
    """(full forms, short forms) of every name, folded."""
    groups = []
    for line in _NAMES.strip().replace("\n  ", " ").splitlines():
        full, _, short = line.partition(":")
        groups.append((folded_words(full).split(), folded_words(short).split()))
    return groups


def _alternatives() -> dict[str, tuple[str, ...]]:
    """For every name the other forms: of a full one all, of a short one the full ones and those like it."""
    found: dict[str, dict[str, None]] = {}
    for full, short in _groups():
        for name in full:
            found.setdefault(name, {}).update(dict.fromkeys((*full, *short)))
        for name in short:
            # Liz is not Betty, but she may be Lizzie.
            alike = [other for other in short if other[:2] == name[:2]]
            found.setdefault(name, {}).update(dict.fromkeys((*full, *alike)))
    return {name: tuple(other for other in others if other != name) for name, others in found.items()}


# To be passed as the alternatives of a query for people, on their own or with others.
NICKNAMES: Mapping[str, tuple[str, ...]] = MappingProxyType(_alternatives())
