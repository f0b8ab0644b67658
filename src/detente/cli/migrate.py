"""`detente migrate`: a store of an earlier format brought up."""

from detente.cli.options import StoreOption
from detente.cli.output import counted, note, write_text


def run(store: StoreOption = None) -> None:
    """Bring a store that an earlier detente made up to the newest format; nothing is done where it has it.

    Others may read and write meanwhile. Stopped half-way, run it again.
    """
    from detente.api.upkeep import migrate_store

    done = migrate_store(store)
    note(f"store: {done.folder}")
    if done.from_format == done.to_format and not done.counted:
        write_text(f"format {done.to_format}, as it should be: nothing to do")
        return
    write_text(f"format {done.from_format} to {done.to_format}: {counted(done.counted, 'row')} of feeds counted")
