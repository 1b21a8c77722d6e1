using Akka.Actor;
namespace Diten.Actors.Wire;
public static class Parcels { public static IReadOnlyList<Parcel> Cut(long number, object message, ExtendedActorSystem system) => throw new NotImplementedException(); }
public sealed class ParcelAssembler(ExtendedActorSystem system) { public object? Add(Parcel parcel, IActorRef sender) => throw new NotImplementedException(system.Name); }
