using System.Runtime.Serialization;
using Diten.Model.EdgeServers;
using Diten.Model.Faults;
using Diten.Model.ServerTwins;
using static Diten.Actors.Wire.Columns;

namespace Diten.Actors.Wire;

/// <summary>What servers remember, in the snapshot of a zone.</summary>
internal static class SavedServerCodec
{
    public static Contracts.SavedServers? Write(IReadOnlyList<EdgeServerSaved> servers)
    {
        if (servers.Count == 0)
            return null;
        var table = new Contracts.SavedServers();
        var (server, device) = (new DeltaWriter(table.Server), new DeltaWriter(table.ServiceDevice));
        var (transit, syncs) = (new List<InTransit<SynchronizeTwin>>(), new SyncMails(0));
        foreach (var saved in servers)
        {
            server.Add(saved.Server);
            table.NextSync.Add(saved.NextSync);
            table.ResyncDue.Add(saved.ResyncDue ? 1 : 0);
            table.Background.Add(saved.Background);
            table.CarriedSeconds.Add(saved.CarriedSeconds);
            table.Services.Add(saved.Services.Count);
            foreach (var service in saved.Services)
            {
                device.Add(service.Device);
                table.ServiceSlots.Add(service.SlotsServed);
            }

            table.FirstWhole.Add(saved.FirstWhole);
            AddTold(table, saved);
            table.Syncs.Add(saved.Syncs.Count);
            foreach (var sync in saved.Syncs)
            {
                transit.Add(sync);
                syncs.Add(sync.Message);
            }
        }

        Fold(table.NextSync, table.ResyncDue, table.Services, table.ServiceSlots, table.FirstWhole, table.Syncs);
        Fold(table.ToldSlot, table.ToldTasks, table.LastSlot, table.LastTasks);
        Fold(table.Background, table.CarriedSeconds, table.ToldFreeHertz, table.LastFreeHertz);
        table.SyncTransit = TransitCodec.Write(transit);
        table.SyncMessages = table.SyncTransit is null ? null : syncs.Finish();
        return table;
    }

    public static EdgeServerSaved[] Read(Contracts.SavedServers? table)
    {
        if (table is null)
            return [];
        var rows = new EdgeServerSaved[table.Server.Count];
        var allSyncs = ReadSyncs(table);
        CheckSum(table.Services, rows.Length, table.ServiceDevice.Count);
        CheckSum(table.Syncs, rows.Length, allSyncs.Length);
        var (server, nextSync) = (new DeltaReader(table.Server, rows.Length), new ColumnReader<int>(table.NextSync, rows.Length));
        var (resyncDue, count) = (new ColumnReader<int>(table.ResyncDue, rows.Length), new ColumnReader<int>(table.Services, rows.Length));
        var background = new ColumnReader<double>(table.Background, rows.Length);
        var carried = new ColumnReader<double>(table.CarriedSeconds, rows.Length);
        var device = new DeltaReader(table.ServiceDevice, table.ServiceDevice.Count);
        var slots = new ColumnReader<int>(table.ServiceSlots, table.ServiceDevice.Count);
        var (firstWhole, syncCount) = (new ColumnReader<int>(table.FirstWhole, rows.Length), new ColumnReader<int>(table.Syncs, rows.Length));
        var (toldSlot, lastSlot) = (new ColumnReader<int>(table.ToldSlot, rows.Length), new ColumnReader<int>(table.LastSlot, rows.Length));
        var (toldTasks, lastTasks) = (new ColumnReader<int>(table.ToldTasks, rows.Length), new ColumnReader<int>(table.LastTasks, rows.Length));
        var toldFree = new ColumnReader<double>(table.ToldFreeHertz, rows.Length);
        var lastFree = new ColumnReader<double>(table.LastFreeHertz, rows.Length);
        for (int row = 0, sync = 0; row < rows.Length; row++)
        {
            var services = new ServiceState[count.Next()];
            for (var i = 0; i < services.Length; i++)
                services[i] = new ServiceState(device.Next(), slots.Next());
            var toSync = sync + syncCount.Next();
            rows[row] = new EdgeServerSaved(
                server.Next(), background.Next(), carried.Next(), services, nextSync.Next(), ToBool(resyncDue.Next()))
            {
                FirstWhole = firstWhole.Next(),
                LastTold = new ToldState(toldSlot.Next(), toldFree.Next(), toldTasks.Next()),
                LastSlot = new ToldState(lastSlot.Next(), lastFree.Next(), lastTasks.Next()),
                Syncs = allSyncs[sync..toSync],
            };
            sync = toSync;
        }

        return rows;
    }

    private static void AddTold(Contracts.SavedServers table, EdgeServerSaved saved)
    {
        table.ToldSlot.Add(saved.LastTold.Slot);
        table.ToldTasks.Add(saved.LastTold.Tasks);
        table.ToldFreeHertz.Add(saved.LastTold.FreeHertz);
        table.LastSlot.Add(saved.LastSlot.Slot);
        table.LastTasks.Add(saved.LastSlot.Tasks);
        table.LastFreeHertz.Add(saved.LastSlot.FreeHertz);
    }

    private static InTransit<SynchronizeTwin>[] ReadSyncs(Contracts.SavedServers table)
    {
        var messages = new List<ZoneMail>();
        SyncMails.Read(table.SyncMessages, 0, messages);
        return TransitCodec.Read(table.SyncTransit, messages.ConvertAll(mail => (SynchronizeTwin)mail.Message));
    }
}
