package io.greenfinch.simulator.snapshot;

import io.greenfinch.simulator.account.AccountSnapshot;
import io.greenfinch.simulator.group.GroupSnapshot;
import io.greenfinch.simulator.picture.PictureSnapshot;
import io.greenfinch.simulator.world.World;
import java.util.List;

/**
 * A world as a file has it, private keys included.
 *
 * @param version of this form
 * @param authority root, intermediate and server key of the service
 */
public record Snapshot(
        int version,
        byte[] authority,
        List<AccountSnapshot> accounts,
        List<GroupSnapshot> groups,
        List<PictureSnapshot> pictures) {

    static final int VERSION = 8;

    /**
     * The present state of a world; taken while it is locked, but quickly: it shares what does not change with the world, and encodes nothing.
     */
    static Snapshot of(byte[] authority, World world) {
        return new Snapshot(
                VERSION,
                authority,
                world.accounts().all().stream().map(AccountSnapshot::of).toList(),
                world.groups().all().stream().map(GroupSnapshot::of).toList(),
                world.pictures().states());
    }

    /**
     * Fills a world that is still empty.
     *
     * @throws SnapshotException when the parts of the snapshot do not fit together
     */
    public void restore(World world) {
        try {
            world.change(() -> {
                world.accounts().restore(accounts);
                world.groups().restore(groups, world.accounts());
                world.pictures().restore(pictures);
            });
        } catch (IllegalArgumentException e) {
            throw new SnapshotException("the snapshot contradicts itself: " + e.getMessage(), e);
        }
    }
}
