"""What the relation model tells of a pair of actors, and in which order its outputs stand."""

TYPES = (
    "AGREE CONSULT SUPPORT CONCEDE COOPERATE AID RETREAT REQUEST ACCUSE REJECT THREATEN PROTEST SANCTION MOBILIZE "
    "COERCE ASSAULT"
).split()
OUTCOMES = ["none", *TYPES]
"""Outputs of the type head; `none` first: no act of the first on the second."""

STATUSES = ["actual", "alleged", "future", "hypothetical", "negated"]
FLAGS = ["retrospective", "symmetric"]

MODES = (
    "CONSULT/visit CONSULT/third-party CONSULT/multilateral CONSULT/phone RETREAT/withdraw RETREAT/release RETREAT/disarm "
    "RETREAT/ceasefire RETREAT/access RETREAT/resign REQUEST/assist REQUEST/change REQUEST/yield REQUEST/meet "
    "ACCUSE/disapprove ACCUSE/investigate ACCUSE/allege REJECT/assist REJECT/change REJECT/yield REJECT/meet "
    "THREATEN/restrict THREATEN/arrest THREATEN/relations THREATEN/expel THREATEN/territory THREATEN/violence "
    "PROTEST/demo PROTEST/riot PROTEST/strike PROTEST/hunger PROTEST/boycott PROTEST/obstruct PROTEST/vandalize "
    "SANCTION/convict SANCTION/expel SANCTION/withdraw SANCTION/discontinue MOBILIZE/troops MOBILIZE/weapons "
    "MOBILIZE/police MOBILIZE/militia COERCE/seize COERCE/restrict COERCE/censor COERCE/curfew COERCE/martial-law "
    "COERCE/arrest COERCE/deport COERCE/withhold COERCE/misinformation COERCE/cyber ASSAULT/abduct ASSAULT/beat "
    "ASSAULT/torture ASSAULT/sexual ASSAULT/targeted ASSAULT/destroy ASSAULT/primitive ASSAULT/firearms "
    "ASSAULT/explosives ASSAULT/suicide-attack ASSAULT/aerial ASSAULT/drone ASSAULT/heavy-weapons "
    "ASSAULT/crowd-control ASSAULT/unconventional"
).split()
