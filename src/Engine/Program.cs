using Assize.Engine.Expressions.Rooms;

RoomKeeper.Keep(Console.OpenStandardInput(), Console.OpenStandardOutput());
