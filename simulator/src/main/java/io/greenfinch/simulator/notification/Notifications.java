package io.greenfinch.simulator.notification;

import io.greenfinch.simulator.world.World;
import io.greenfinch.simulator.world.WorldEvent;
import java.util.function.Supplier;

/**
 * Tells the devices of everybody concerned, phones and companions alike, what happened in the world. Called while the world is locked.
 */
public final class Notifications {

    private final GroupNotifications groups;
    private final PictureNotifications pictures;
    private final DeviceNotifications devices;
    private final AppStateNotifications appStates;
    private final AccountNotifications accounts;
    private final World world;

    /** {@code ids} gives ids for stanzas. */
    public Notifications(World world, Supplier<String> ids) {
        groups = new GroupNotifications(ids);
        pictures = new PictureNotifications(ids);
        devices = new DeviceNotifications(world, ids);
        appStates = new AppStateNotifications(ids);
        accounts = new AccountNotifications(ids);
        this.world = world;
    }

    /** Delivers what there is to tell of an event. */
    public void publish(WorldEvent event) {
        switch (event) {
            case WorldEvent.GroupChanged(var change) -> groups.publish(change);
            case WorldEvent.PictureChanged(var change) -> pictures.publish(change);
            case WorldEvent.Linked(var companion) -> devices.linked(companion);
            case WorldEvent.Equipped(var companion) -> devices.equipped(companion);
            case WorldEvent.Unlinked(var companion) -> devices.unlinked(companion);
            case WorldEvent.AppStateChanged(var writer, var collection, long version) ->
                appStates.publish(writer, collection, version, world.seconds());
            case WorldEvent.BlockListChanged change -> accounts.blockListChanged(change, world.seconds());
            case WorldEvent.PrivacyChanged(var device) -> accounts.privacyChanged(device, world.seconds());
            case WorldEvent.RegisteredAnew(var account) -> devices.registeredAnew(account);
        }
    }
}
